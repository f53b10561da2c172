package newleaf.simulation;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import newleaf.cert.CertificateAuthority;
import newleaf.cert.CertificateFilter;
import newleaf.cert.HeldCertificate;
import newleaf.cert.LeafProfile;
import newleaf.desired.CaSpec;
import newleaf.desired.ClientSpec;
import newleaf.desired.LeafSpec;
import newleaf.desired.NamespaceSpec;
import newleaf.desired.WorkerSpec;
import newleaf.observed.LeafPlace;

/// Puts into a world what the setting says is there when the story begins.
final class Genesis {
  private static final Duration YEAR = Duration.ofDays(366);

  private final World world;
  private final Setting setting;
  private final SplittableRandom random;
  private final Map<String, CertificateAuthority> issuing = new HashMap<>();

  private Genesis(World world, Setting setting, SplittableRandom random) {
    this.world = world;
    this.setting = setting;
    this.random = random;
  }

  static void of(World world, Setting setting, SplittableRandom random) {
    Genesis genesis = new Genesis(world, setting, random);
    genesis.cas();
    world.desired.namespaces().forEach(genesis::namespace);
    world.desired.workers().forEach(w -> genesis.leaf(w.place(), w.leaf()));
    for (ClientSpec client : world.desired.clients()) {
      client.place().ifPresent(place -> genesis.leaf(place, client.leaf()));
    }
    world.desired.workers().forEach(genesis::workload);
    world.desired.clients().forEach(genesis::client);
  }

  private void cas() {
    for (Setting.CaStory story : setting.stories()) {
      CaSpec spec = ca(story.name());
      switch (story.age()) {
        case NONE -> {}
        case ADOPTED -> issuing.put(story.name(), World.adopted(story.name()));
        case FRESH, DUE, EXPIRED -> {
          CertificateAuthority made = World.made(spec.profile(), story.age());
          world.authorities.of(spec.keys()).put(1, made);
          issuing.put(story.name(), made);
        }
      }
    }
  }

  private CaSpec ca(String name) {
    return world.desired.cas().stream()
        .filter(c -> c.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private void namespace(NamespaceSpec spec) {
    List<X509Certificate> bundle = new ArrayList<>();
    spec.cas().stream()
        .filter(issuing::containsKey)
        .forEach(ca -> bundle.add(issuing.get(ca).certificate()));
    if (!bundle.isEmpty()) {
      strangers(bundle);
    }
    List<CertificateFilter> filters = spec.filters().orElse(List.of());
    if (setting.otherFilters() && spec.filters().isPresent()) {
      filters = random.nextBoolean() ? List.of() : wider(filters);
    }
    Cloud.Trust trust = new Cloud.Trust(bundle, bundle.isEmpty() ? List.of() : filters);
    world.cloud.spaces.put(spec.name(), new Cloud.Space(spec.name(), trust));
  }

  private void strangers(List<X509Certificate> bundle) {
    if (random.nextInt(3) == 0) {
      bundle.add(Mint.foreign("Payments CA", World.BEGIN.minus(Duration.ofDays(50))).certificate());
    }
    if (random.nextInt(5) == 0) {
      bundle.add(Mint.foreign("Ancient CA", World.BEGIN.minus(YEAR)).certificate());
    }
    if (random.nextInt(20) == 0) {
      for (int i = bundle.size(); i < 14; i++) {
        Instant made = World.BEGIN.minus(Duration.ofDays(50));
        bundle.add(Mint.foreign("Department %d CA".formatted(i), made).certificate());
      }
    }
  }

  private static List<CertificateFilter> wider(List<CertificateFilter> filters) {
    List<CertificateFilter> all = new ArrayList<>(filters);
    all.add(
        new CertificateFilter(
            Optional.of("legacy*"), Optional.empty(), Optional.empty(), Optional.empty()));
    return all;
  }

  private void leaf(LeafPlace place, String name) {
    LeafSpec spec = leafSpec(name);
    CertificateAuthority ca = issuing.get(spec.ca());
    if (ca == null || world.places.at(place).isPresent()) {
      return;
    }
    Instant at = World.BEGIN.minus(Duration.ofDays(age(spec.ca())));
    HeldCertificate leaf = world.authorities.leaf(ca, profile(spec), at);
    world.places.put(place, leaf, at, false);
  }

  private LeafProfile profile(LeafSpec spec) {
    LeafProfile p = spec.profile();
    return setting.otherSubjects()
        ? new LeafProfile(
            p.subject().withCommonName("legacy-" + spec.ca()), p.key(), p.validity(), List.of())
        : p;
  }

  private int age(String ca) {
    Setting.CaStory story =
        setting.stories().stream().filter(s -> s.name().equals(ca)).findFirst().orElseThrow();
    return story.leafDue() ? 21 : 5;
  }

  private LeafSpec leafSpec(String name) {
    return world.desired.leaves().stream()
        .filter(l -> l.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private void workload(WorkerSpec spec) {
    Workload workload = new Workload(spec, 1 + random.nextInt(3), world);
    world.workloads.put(workload.ref(), workload);
  }

  /// It connects to the first namespace that lets its leaf in.
  private void client(ClientSpec spec) {
    if (spec.place().isEmpty()) {
      return;
    }
    LeafPlace place = spec.place().get();
    String ca = leafSpec(spec.leaf()).ca();
    world.desired.namespaces().stream()
        .filter(n -> n.cas().contains(ca))
        .map(n -> world.cloud.space(n.name()))
        .findFirst()
        .ifPresent(space ->
            world.clients.add(new World.Client(place, space, world.places.current(place))));
  }
}
