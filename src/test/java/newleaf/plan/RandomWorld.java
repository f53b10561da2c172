package newleaf.plan;

import static newleaf.plan.Facts.commonName;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import newleaf.cert.Certificate;
import newleaf.cert.CertificateFilter;
import newleaf.cert.KeyAlgorithm;
import newleaf.desired.CaSpec;
import newleaf.desired.NamespaceSpec;
import newleaf.desired.Renewal;
import newleaf.desired.Restart;
import newleaf.desired.Retire;
import newleaf.observed.ObservedCa;
import newleaf.observed.ObservedNamespace.State;
import newleaf.observed.RolledBack;

/// A desired state that the YAML rules would let pass, and facts that need not fit it at all.
final class RandomWorld {
  private static final int[] CA_DAYS = {-400, -1, 0, 3, 59, 60, 61, 364};
  private static final int[] LEAF_DAYS = {-9, 0, 9, 10, 11, 29};

  private final SplittableRandom random;
  private final TestWorld world = new TestWorld();

  private RandomWorld(SplittableRandom random) {
    this.random = random;
  }

  static TestWorld of(SplittableRandom random) {
    RandomWorld of = new RandomWorld(random);
    of.cas();
    of.namespaces();
    of.workers();
    of.ledger();
    of.recorded();
    return of.world;
  }

  private void cas() {
    for (int i = 0; i <= random.nextInt(3); i++) {
      String name = "ca" + i;
      KeyAlgorithm made = one(KeyAlgorithm.EC_P256, KeyAlgorithm.EC_P384);
      Retire retire = one(Retire.MANUAL, Retire.AFTER_VERIFY);
      Renewal renewal = one(Renewal.values());
      world.ca(Facts.renewing(Facts.ca(name, Facts.subject(name), made, retire), renewal));
      int generations = random.nextInt(4);
      for (int g = 1; g <= generations; g++) {
        Certificate certificate = generation(name, g);
        world.has(new ObservedCa(name, g, certificate, !rarely()));
      }
      if (rarely()) {
        world.ca(Facts.ca(name, Facts.subject(name), KeyAlgorithm.RSA_4096, retire));
      }
      adopted(name);
    }
  }

  private void adopted(String name) {
    List<Certificate> adopted = new ArrayList<>();
    while (adopted.size() < 2 && random.nextBoolean()) {
      adopted.add(Facts.foreign(name + " of others " + adopted.size(), days(CA_DAYS)));
    }
    world.ca(Facts.adopting(world.cas.get(name), adopted.toArray(Certificate[]::new)));
    adopted.forEach(ca -> world.has(new ObservedCa(name, ObservedCa.ADOPTED, ca, false)));
  }

  private Certificate generation(String name, int generation) {
    CaSpec spec = world.cas.get(name);
    return generation > 1 && rarely()
        ? Facts.renewed(spec, generation, world.ca(name, generation - 1), days(CA_DAYS))
        : Facts.made(spec, generation, days(CA_DAYS));
  }

  private void namespaces() {
    for (int i = 0; i <= random.nextInt(3); i++) {
      String name = "ns" + i + ".sdvdw";
      List<String> cas = new ArrayList<>(world.cas.keySet());
      cas.removeIf(_ -> random.nextInt(3) == 0);
      if (cas.isEmpty()) {
        cas.add("ca0");
      }
      world.namespace(name, cas.toArray(String[]::new));
      if (random.nextBoolean()) {
        world.filters(name, filters());
      }
      if (!rarely()) {
        State state = rarely() ? State.UPDATING : State.ACTIVE;
        world.found(name, state, 700, List.of(filters()), bundle(name));
      }
    }
  }

  private CertificateFilter[] filters() {
    return random.nextInt(3) == 0
        ? new CertificateFilter[0]
        : new CertificateFilter[] {commonName("leaf*"), commonName("x" + random.nextInt(3))};
  }

  private Certificate[] bundle(String namespace) {
    List<Certificate> bundle = new ArrayList<>();
    for (ObservedCa ca : world.foundCas.values()) {
      if (random.nextBoolean()
          && bundle.stream().noneMatch(c -> c.subject().sameAs(ca.certificate().subject()))) {
        bundle.add(ca.certificate());
      }
    }
    if (random.nextBoolean()) {
      bundle.add(Facts.foreign("Acme " + namespace, days(CA_DAYS)));
    }
    return bundle.toArray(Certificate[]::new);
  }

  private void workers() {
    int number = 0;
    for (NamespaceSpec namespace : List.copyOf(world.namespaces.values())) {
      for (String ca : namespace.cas()) {
        String name = "w" + number++;
        world.leaf(Facts.leaf(name, ca, Facts.subject(one("leaf.", "x0.") + name), List.of()));
        world.worker(name, name, namespace.name(), one(Restart.values()));
        world.runs(name, !rarely(), !rarely(), Optional.empty(), one("old " + name, "older"));
        leaf(name, ca);
        if (rarely()) {
          world.client("client" + number, name, random.nextBoolean());
        }
        if (rarely()) {
          client(name, ca);
        }
      }
    }
  }

  /// A client that gets the same kind of leaf at a place of its own.
  private void client(String worker, String ca) {
    int newest = (int) world.observed().generations(ca).stream().filter(g -> !g.adopted()).count();
    if (newest > 0) {
      Certificate issuer = world.ca(ca, newest);
      Certificate leaf =
          Facts.issued(world.leaves.get(worker), "of " + worker, issuer, days(LEAF_DAYS));
      world.client("starter-" + worker, worker, TestWorld.secret("c-" + worker), leaf, newest);
    }
  }

  /// Leaves at places that the YAML does not speak of.
  private void ledger() {
    for (ObservedCa ca : List.copyOf(world.foundCas.values())) {
      if (rarely()) {
        world.issued(
            "secret/gone/" + ca.generation(),
            Facts.leaf("gone", ca.name(), Facts.subject(one("leaf.gone", "y")), List.of()),
            ca.certificate(),
            days(LEAF_DAYS),
            List.copyOf(world.namespaces.keySet()).getFirst());
      }
    }
  }

  private void leaf(String worker, String ca) {
    List<ObservedCa> issuers =
        world.foundCas.values().stream().filter(c -> c.name().equals(ca)).toList();
    if (!issuers.isEmpty() && !rarely()) {
      Certificate issuer = issuers.get(random.nextInt(issuers.size())).certificate();
      Certificate leaf =
          Facts.issued(world.leaves.get(worker), "old " + worker, issuer, days(LEAF_DAYS));
      world.holds(worker, leaf, issuer, !rarely());
      if (rarely()) {
        world.leaf(Facts.leaf(worker, ca, Facts.subject("renamed." + worker), List.of()));
      }
    }
  }

  private void recorded() {
    Map<String, java.time.Instant> gates = new TreeMap<>();
    for (ObservedCa ca : world.foundCas.values()) {
      if (random.nextBoolean()) {
        gates.put("soak/" + ca.address(), Facts.NOW.minusSeconds(random.nextInt(1200)));
      }
    }
    world.recorded(gates);
    world.cas.keySet().forEach(this::rolledBack);
  }

  private void rolledBack(String ca) {
    int newest =
        world.observed().generations(ca).stream().mapToInt(g -> g.generation()).max().orElse(0);
    if (newest > 1 && random.nextBoolean()) {
      int to = 1 + random.nextInt(newest);
      world.recorded =
          world.recorded.with(
              new RolledBack(ca, newest - (rarely() ? 1 : 0), to, Facts.NOW, "ann"));
    }
  }

  private boolean rarely() {
    return random.nextInt(6) == 0;
  }

  private Duration days(int[] of) {
    return Duration.ofDays(of[random.nextInt(of.length)]);
  }

  @SafeVarargs
  private <T> T one(T... of) {
    return of[random.nextInt(of.length)];
  }
}
