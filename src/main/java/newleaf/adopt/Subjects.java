package newleaf.adopt;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import newleaf.cert.DistinguishedName;
import newleaf.cert.Subject;

/// Subjects for what will be made next, after those that are there. What can not be said in the
/// file is left out, and a common name is found where there is none.
final class Subjects {
  private static final Pattern GENERATION = Pattern.compile("( [Gg]\\d+)+$");

  /// For a number, and then the generation: `Payments CA 999 G999`.
  private static final int ROOM = 10;

  private final Set<String> taken = new HashSet<>();

  private Subjects() {}

  /// @param cas the subjects of accepted CAs, of which the next generations must differ
  /// @param leaves subjects that no CA may have
  static Subjects besides(List<DistinguishedName> cas, List<Subject> leaves) {
    Subjects subjects = new Subjects();
    for (DistinguishedName ca : cas) {
      ca.commonName()
          .filter(name -> GENERATION.matcher(name).find())
          .ifPresent(
              name -> subjects.taken.add(identity(withoutGeneration(name), organization(ca))));
    }
    leaves.forEach(
        l -> subjects.taken.add(identity(withoutGeneration(l.commonName()), l.organization())));
    return subjects;
  }

  /// Such that each generation is unlike all CAs and leaves there are.
  Subject ofCa(DistinguishedName found, String name) {
    String wanted =
        found
            .commonName()
            .map(Subjects::withoutGeneration)
            .or(() -> found.organization().map(o -> o + " CA"))
            .map(text -> cut(text, Subject.MAX_LENGTH - ROOM))
            .flatMap(text -> Expressible.text(text, Subject.MAX_LENGTH))
            .orElse(cut(name + " CA", Subject.MAX_LENGTH - ROOM));
    String unique = wanted;
    for (int number = 2; !taken.add(identity(unique, organization(found))); number++) {
      unique = wanted + " " + number;
    }
    return new Subject(unique, organization(found), organizationalUnit(found));
  }

  /// @param otherwise for a leaf that names nobody
  static Subject ofLeaf(DistinguishedName found, List<String> dnsNames, String otherwise) {
    String commonName =
        found
            .commonName()
            .or(() -> dnsNames.stream().findFirst())
            .flatMap(text -> Expressible.text(text, Subject.MAX_LENGTH))
            .orElse(cut(otherwise, Subject.MAX_LENGTH));
    return new Subject(commonName, organization(found), organizationalUnit(found));
  }

  static String withoutGeneration(String commonName) {
    return GENERATION.matcher(commonName).replaceFirst("");
  }

  private static Optional<String> organization(DistinguishedName found) {
    return found.organization().flatMap(text -> Expressible.text(text, Subject.MAX_LENGTH));
  }

  private static Optional<String> organizationalUnit(DistinguishedName found) {
    return found.organizationalUnit().flatMap(text -> Expressible.text(text, Subject.MAX_LENGTH));
  }

  private static String cut(String text, int longest) {
    int end = text.offsetByCodePoints(0, text.codePointCount(0, Math.min(text.length(), longest)));
    return text.substring(0, end > longest ? longest - 1 : end).strip();
  }

  /// As Temporal Cloud and the reader of the file compare.
  private static String identity(String commonName, Optional<String> organization) {
    return (commonName + "\n" + organization.orElse(""))
        .toLowerCase(Locale.ROOT)
        .strip()
        .replaceAll("[ ]+", " ");
  }
}
