package newleaf.simulation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import newleaf.cert.Fingerprint;
import newleaf.desired.Desired;
import newleaf.desired.DesiredYaml;

/// What a seed asks newleaf for: a YAML file that its rules let pass, and how old everything is
/// when the story begins.
final class Setting {
  /// How a CA stands.
  enum Age {
    /// nothing was ever rotated: no CA, no leaf, mTLS off
    NONE,
    FRESH,
    DUE,
    EXPIRED,
    /// somebody else made it, and it is due
    ADOPTED
  }

  /// @param leafDue its leaves are inside their last days
  record CaStory(String name, Age age, boolean leafDue, boolean sameKey) {}

  private static final String[] SOAKS = {"1m", "5m", "20m"};
  private static final String[] RESTARTS = {"rolling", "rolling", "scale", "none"};

  private final SplittableRandom random;
  private final int namespaces;
  private final StringBuilder yaml = new StringBuilder();
  private final List<CaStory> cas = new ArrayList<>();
  private final List<List<String>> accepted = new ArrayList<>();

  /// Namespaces whose live filters are not those of the YAML.
  private final boolean otherFilters;

  /// Leaves that are there have another subject than the YAML wants by now.
  private final boolean otherSubjects;

  private Setting(SplittableRandom random, int mostNamespaces) {
    this.random = random;
    this.namespaces = Math.min(1 + random.nextInt(4) * random.nextInt(2), mostNamespaces);
    this.otherFilters = random.nextInt(3) == 0;
    this.otherSubjects = otherFilters && random.nextBoolean();
  }

  static Setting of(SplittableRandom random, int mostNamespaces) {
    Setting setting = new Setting(random, mostNamespaces);
    setting.header();
    setting.cas();
    setting.namespaces();
    setting.leaves();
    setting.workers();
    setting.clients();
    return setting;
  }

  Desired desired() {
    return DesiredYaml.read("newleaf.yaml", yaml.toString().getBytes(StandardCharsets.UTF_8));
  }

  String yaml() {
    return yaml.toString();
  }

  List<CaStory> stories() {
    return cas;
  }

  boolean otherFilters() {
    return otherFilters;
  }

  boolean otherSubjects() {
    return otherSubjects;
  }

  private void line(String text, Object... values) {
    yaml.append(text.formatted(values)).append('\n');
  }

  private void header() {
    line("newleaf: 1");
    line("account: sdvdw");
    line("cloud: {address: \"saas-api.tmprl.cloud:443\", apiKey: {env: TEMPORAL_CLOUD_API_KEY}}");
  }

  private void cas() {
    boolean first = random.nextInt(8) == 0;
    line("cas:");
    for (int i = 0; i <= random.nextInt(3); i++) {
      String name = "ca" + i;
      Age age = first ? Age.NONE : age();
      boolean sameKey = age != Age.ADOPTED && random.nextInt(6) == 0;
      cas.add(new CaStory(name, age, random.nextInt(3) == 0, sameKey));
      line("  %s:", name);
      line("    subject: {commonName: %s, organization: Temporal}", name.toUpperCase(Locale.ROOT));
      line("    key: ec-p256");
      line("    validity: 365d");
      line("    renewBefore: 60d");
      line("    keys: {directory: keys}");
      line("    retire: %s", random.nextInt(3) == 0 ? "manual" : "after-verify");
      line("    soak: %s", SOAKS[random.nextInt(SOAKS.length)]);
      if (sameKey) {
        line("    renewal: same-key");
      }
      if (age == Age.ADOPTED) {
        line("    adopt: [%s]", Fingerprint.of(World.adopted(name).certificate()).value());
      }
    }
  }

  private Age age() {
    return switch (random.nextInt(12)) {
      case 0, 1 -> Age.FRESH;
      case 2 -> Age.EXPIRED;
      case 3, 4 -> Age.ADOPTED;
      default -> Age.DUE;
    };
  }

  private void namespaces() {
    line("namespaces:");
    for (int i = 0; i < namespaces; i++) {
      List<String> here = new ArrayList<>(cas.stream().map(CaStory::name).toList());
      here.removeIf(_ -> random.nextInt(3) == 0);
      if (here.isEmpty()) {
        here.add(cas.get(random.nextInt(cas.size())).name());
      }
      accepted.add(here);
      line("  ns%d.sdvdw:", i);
      line("    cas: [%s]", String.join(", ", here));
      if (random.nextBoolean()) {
        line("    filters:");
        here.forEach(ca -> line("      - commonName: %s.sdvdw", ca));
      }
    }
  }

  private void leaves() {
    line("leaves:");
    for (CaStory ca : cas) {
      line("  %s-leaf:", ca.name());
      line("    ca: %s", ca.name());
      line("    subject: {commonName: %s.sdvdw}", ca.name());
      line("    validity: 30d");
      line("    renewBefore: 10d");
    }
  }

  /// Some share a Secret.
  private void workers() {
    line("workers:");
    int number = 1 + random.nextInt(3);
    for (int i = 0; i < number; i++) {
      int namespace = random.nextInt(namespaces);
      List<String> here = accepted.get(namespace);
      String ca = here.get(random.nextInt(here.size()));
      boolean shared = random.nextInt(3) == 0;
      line("  w%d:", i);
      line("    leaf: %s-leaf", ca);
      line("    namespace: ns%d.sdvdw", namespace);
      line("    taskQueue: q%d", i);
      line("    secret: kube/%s", shared ? ca + "-tls" : "w" + i + "-tls");
      line("    deployment: kube/w%d", i);
      line("    restart: %s", RESTARTS[random.nextInt(RESTARTS.length)]);
    }
  }

  private void clients() {
    int number = random.nextInt(3) - 1;
    if (number < 1) {
      return;
    }
    line("clients:");
    List<String> here = accepted.get(random.nextInt(namespaces));
    line("  starter:");
    line("    leaf: %s-leaf", here.get(random.nextInt(here.size())));
    line("    acknowledged: %s", random.nextInt(4) != 0);
    if (random.nextBoolean()) {
      line("    secret: kube/starter-tls");
    }
  }
}
