package newleaf.emulator.frontend;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;

/// Certificate paths as clients may show them, right and wrong. A seed makes the same path again,
/// but for the keys.
final class RandomPaths {
  static final int PLACES = 3;
  private static final List<Quirk> QUIRKS = List.of(Quirk.values());

  private final Random random;
  private final List<Draft> path = new ArrayList<>();
  private final List<String> told = new ArrayList<>();

  private RandomPaths(long seed) {
    random = new Random(seed);
  }

  /// @param told what is odd about it, for people
  record Path(String told, PathOracle.Question question) {}

  /// A root, a CA below it and a leaf, one of them odd.
  ///
  /// @param place 0 for the root
  static Path oneQuirk(Quirk quirk, int place) {
    RandomPaths paths = new RandomPaths(quirk.name().hashCode());
    for (int i = 0; i < PLACES; i++) {
      paths.add(i == PLACES - 1, i == place ? List.of(quirk) : List.of());
    }
    return paths.inOrder();
  }

  /// Several quirks, any length, shown and trusted in any manner.
  static Path anyQuirks(long seed) {
    RandomPaths paths = new RandomPaths(seed);
    int authorities = 1 + paths.random.nextInt(3);
    for (int i = 0; i <= authorities; i++) {
      paths.add(i == authorities, paths.quirks(i == authorities ? 2 : 4));
    }
    return paths.inAnyOrder();
  }

  private List<Quirk> quirks(int rarity) {
    List<Quirk> chosen = new ArrayList<>();
    while (random.nextInt(rarity) == 0 && chosen.size() < 2) {
      chosen.add(QUIRKS.get(random.nextInt(QUIRKS.size())));
    }
    return chosen;
  }

  private void add(boolean leaf, List<Quirk> quirks) {
    int place = path.size();
    X500Name name =
        new X500Name(BCStyle.INSTANCE, leaf ? "O=newleaf,CN=leaf" : "O=newleaf,CN=CA " + place);
    var keys = Keys.of("secp256r1");
    BigInteger serial = new BigInteger(100, random).setBit(100);
    Draft draft;
    if (place == 0) {
      draft = Draft.root(name, keys, serial);
    } else if (leaf) {
      draft = Draft.leaf(name, keys, path.getLast(), serial);
    } else {
      draft = Draft.intermediate(name, keys, path.getLast(), serial);
    }
    quirks.forEach(quirk -> quirk.spoil(draft));
    quirks.forEach(quirk -> told.add((leaf ? "leaf" : "CA " + place) + " " + quirk));
    path.add(draft);
  }

  private Path inOrder() {
    List<byte[]> shown = made();
    byte[] root = shown.removeFirst();
    return path(shown.reversed(), List.of(root));
  }

  private Path inAnyOrder() {
    List<byte[]> made = made();
    List<byte[]> cas = new ArrayList<>(List.of(made.removeFirst()));
    byte[] leaf = made.removeLast();
    List<byte[]> above = new ArrayList<>(made.reversed());
    switch (random.nextInt(10)) {
      case 0 -> Collections.shuffle(above, random);
      case 1 -> above.addAll(List.copyOf(above));
      case 2 -> above.addAll(cas);
      case 3 -> above.add(stranger("CA 0"));
      case 4 -> above.addFirst(stranger("CA 1"));
      case 5 -> cas.addFirst(stranger("CA 0"));
      case 6 -> cas.addAll(above);
      case 7 -> cas = new ArrayList<>(List.of(stranger("CA 0")));
      case 8 -> above.clear();
      default -> {}
    }
    above.addFirst(leaf);
    return path(above, cas);
  }

  private Path path(List<byte[]> shown, List<byte[]> cas) {
    return new Path(String.join(", ", told), new PathOracle.Question(shown, cas, Draft.NOW));
  }

  /// Of the same name as a CA of the path, with a key of its own.
  private byte[] stranger(String commonName) {
    told.add("stranger " + commonName);
    X500Name name = new X500Name(BCStyle.INSTANCE, "O=newleaf,CN=" + commonName);
    return Draft.root(name, Keys.of("secp256r1"), BigInteger.TWO).made();
  }

  private List<byte[]> made() {
    return new ArrayList<>(path.stream().map(Draft::made).toList());
  }
}
