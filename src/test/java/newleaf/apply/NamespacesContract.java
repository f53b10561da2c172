package newleaf.apply;

import static newleaf.apply.CloudAuthorities.NEW;
import static newleaf.apply.CloudAuthorities.OLD;
import static newleaf.apply.CloudAuthorities.OTHER;
import static newleaf.apply.CloudAuthorities.START;
import static newleaf.apply.CloudAuthorities.ca;
import static newleaf.apply.CloudAuthorities.commonName;
import static newleaf.apply.CloudAuthorities.leaf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.apply.NamespaceUpdates.Settled;
import newleaf.apply.Prover.Endpoint;
import newleaf.apply.Prover.Verdict;
import newleaf.cert.CertificateAuthority;
import newleaf.cert.CertificateFilter;
import newleaf.cert.Fingerprint;
import newleaf.cert.HeldCertificate;
import newleaf.cert.Pem;
import newleaf.observed.NamespaceReading;
import newleaf.observed.ObservedNamespace.State;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What newleaf relies on when it reads namespaces and changes whom they accept. The fake in memory
/// keeps it, and the emulator over gRPC.
///
/// Left to each of them: which words a refusal has, and what becomes of a call that gets lost (the
/// adapter sends it again, the fake fails it, so that its caller has to cope).
abstract class NamespacesContract {
  private static final String NAME = "booking.sdvdw";
  private static final OperationId OPERATION = new OperationId("operation-1");

  private final List<String> accepted = new ArrayList<>();
  private CloudSide cloud;

  abstract CloudSide start();

  @BeforeEach
  void startCloud() {
    cloud = start();
  }

  @AfterEach
  void closeCloud() {
    cloud.close();
  }

  @Test
  void namespaceIsReadWithItsBundleAndFiltersInOrder() {
    List<CertificateFilter> filters = List.of(commonName("z"), commonName("a*"));
    cloud.add(NAME, List.of(OTHER.certificate(), OLD.certificate()), filters);
    NamespaceReading reading = reading();
    assertThat(reading.acceptedClientCas()).containsExactly(OTHER.certificate(), OLD.certificate());
    assertThat(reading.namespace().filters()).isEqualTo(filters);
    assertThat(reading.namespace().name()).isEqualTo(NAME);
    assertThat(reading.namespace().state()).isEqualTo(State.ACTIVE);
    assertThat(reading.namespace().operation()).isEmpty();
    assertThat(reading.namespace().mtlsEnabled()).isTrue();
    assertThat(reading.namespace().mtlsAddress()).isPresent();
    // the service may drop the last newline
    assertThat(reading.namespace().bundleBytes())
        .isCloseTo(Pem.of(reading.acceptedClientCas()).length(), Offset.offset(1));
  }

  @Test
  void onlyThoseAskedForAndThereAreRead() {
    cloud.add(NAME, List.of(OLD.certificate()), List.of());
    cloud.add("other.sdvdw", List.of(OLD.certificate()), List.of());
    cloud.add("third.sdvdw", List.of(OLD.certificate()), List.of());
    assertThat(cloud.namespaces().read(List.of(NAME, "missing.sdvdw", "third.sdvdw")))
        .extracting(r -> r.namespace().name())
        .containsExactlyInAnyOrder(NAME, "third.sdvdw");
    assertThat(cloud.namespaces().read(List.of())).isEmpty();
  }

  @Test
  void namespaceWithoutMtlsHasNoAddressForWorkers() {
    cloud.add(NAME, List.of(), List.of());
    assertThat(reading().namespace().mtlsEnabled()).isFalse();
    assertThat(reading().namespace().mtlsAddress()).isEmpty();
    assertThat(reading().acceptedClientCas()).isEmpty();
  }

  @Test
  void addedCaComesLastAndTheVersionMoves() {
    cloud.add(NAME, List.of(OLD.certificate(), OTHER.certificate()), List.of());
    String before = version();
    update(adding(NEW));
    assertThat(reading().acceptedClientCas())
        .containsExactly(OLD.certificate(), OTHER.certificate(), NEW.certificate());
    assertThat(version()).isNotEqualTo(before);
    assertThat(accepted).hasSize(1);
  }

  @Test
  void oneChangeAddsAndRemovesAndKeepsTheOrder() {
    cloud.add(NAME, List.of(OLD.certificate(), OTHER.certificate()), List.of());
    update(
        new TrustChange(
            List.of(NEW.certificate()),
            Set.of(Fingerprint.of(OLD.certificate())),
            Optional.empty()));
    assertThat(reading().acceptedClientCas())
        .containsExactly(OTHER.certificate(), NEW.certificate());
  }

  @Test
  void filtersAreReplacedAndTheBundleStays() {
    cloud.add(NAME, List.of(OLD.certificate()), List.of(commonName("a")));
    List<CertificateFilter> wanted = List.of(commonName("c"), commonName("b"));
    update(new TrustChange(List.of(), Set.of(), Optional.of(wanted)));
    assertThat(reading().namespace().filters()).isEqualTo(wanted);
    assertThat(reading().acceptedClientCas()).containsExactly(OLD.certificate());
  }

  @Test
  void changeOfTheBundleLeavesFiltersAlone() {
    cloud.add(NAME, List.of(OLD.certificate()), List.of(commonName("a")));
    update(adding(NEW));
    assertThat(reading().namespace().filters()).containsExactly(commonName("a"));
  }

  @Test
  void addingToANamespaceWithoutMtlsTurnsItOn() {
    cloud.add(NAME, List.of(), List.of());
    update(adding(NEW));
    assertThat(reading().namespace().mtlsEnabled()).isTrue();
    assertThat(reading().namespace().mtlsAddress()).isPresent();
  }

  @Test
  void whileTheOperationRunsItIsNamedAndTheOldTrustHolds() {
    cloud.add(NAME, List.of(OLD.certificate()), List.of());
    Endpoint endpoint = World.endpoint(reading());
    HeldCertificate leaf = leaf(NEW);
    List<Object> seen = new ArrayList<>();
    cloud
        .updates()
        .update(
            NAME,
            version(),
            adding(NEW),
            OPERATION,
            () -> {
              seen.add(reading().namespace().state());
              seen.add(reading().namespace().operation());
              seen.add(cloud.prover().connect(endpoint, leaf) instanceof Verdict.Accepted);
            });
    assertThat(seen).containsExactly(State.UPDATING, Optional.of(OPERATION.value()), false);
    assertThat(reading().namespace().state()).isEqualTo(State.ACTIVE);
    assertThat(cloud.prover().connect(endpoint, leaf)).isInstanceOf(Verdict.Accepted.class);
  }

  @Test
  void whatAlreadyIsAsWantedIsSuccessWhateverTheVersion() {
    cloud.add(NAME, List.of(OLD.certificate()), List.of());
    String before = version();
    cloud
        .updates()
        .update(NAME, "of long ago", adding(OLD), OPERATION, () -> accepted.add("accepted"));
    assertThat(accepted).isEmpty();
    assertThat(version()).isEqualTo(before);
    assertThat(cloud.updates().settle(NAME, OPERATION)).isEqualTo(Settled.UNKNOWN);
  }

  @Test
  void changeDecidedOnAnOlderVersionIsStaleAndChangesNothing() {
    cloud.add(NAME, List.of(OLD.certificate()), List.of());
    String before = version();
    cloud.addByHand(NAME, OTHER.certificate());
    NewleafException stale = fails(before, adding(NEW));
    assertThat(stale.failure()).isInstanceOf(Failure.Stale.class);
    assertThat(reading().acceptedClientCas())
        .containsExactly(OLD.certificate(), OTHER.certificate());
    assertThat(accepted).isEmpty();
  }

  @Test
  void changeOfSomebodyElseIsKept() {
    cloud.add(NAME, List.of(OLD.certificate()), List.of());
    cloud.addByHand(NAME, OTHER.certificate());
    update(adding(NEW));
    assertThat(reading().acceptedClientCas())
        .containsExactly(OLD.certificate(), OTHER.certificate(), NEW.certificate());
  }

  @Test
  void lastCaIsNotRemoved() {
    cloud.add(NAME, List.of(OLD.certificate()), List.of());
    var last = Set.of(Fingerprint.of(OLD.certificate()));
    NewleafException refused = fails(version(), new TrustChange(List.of(), last, Optional.empty()));
    assertThat(refused.failure()).isInstanceOf(Failure.Refused.class);
    assertThat(reading().acceptedClientCas()).containsExactly(OLD.certificate());
  }

  @Test
  void bundleThatTheServiceRefusesChangesNothing() {
    cloud.add(NAME, List.of(OLD.certificate()), List.of());
    var expired = ca("Expired CA", START.minus(Duration.ofDays(20)), Duration.ofDays(10));
    var twin = ca("old ca", START, Duration.ofDays(365));
    for (CertificateAuthority bad : List.of(expired, twin)) {
      NewleafException refused = fails(version(), adding(bad));
      assertThat(refused.failure()).isInstanceOf(Failure.RemoteError.class);
      assertThat(reading().acceptedClientCas()).containsExactly(OLD.certificate());
      assertThat(accepted).isEmpty();
    }
  }

  @Test
  void bundleHasRoomForSixteen() {
    List<X509Certificate> full = new ArrayList<>();
    for (int i = 0; i < 15; i++) {
      full.add(ca("CA " + i, START, Duration.ofDays(365)).certificate());
    }
    cloud.add(NAME, full, List.of());
    update(adding(NEW));
    assertThat(reading().acceptedClientCas()).hasSize(16);
    NewleafException refused =
        catchThrowableOfType(
            NewleafException.class,
            () ->
                cloud
                    .updates()
                    .update(NAME, version(), adding(OLD), new OperationId("next"), () -> {}));
    assertThat(refused.failure()).isInstanceOf(Failure.RemoteError.class);
  }

  @Test
  void failedOperationIsToldAndChangesNothing() {
    cloud.add(NAME, List.of(OLD.certificate()), List.of());
    cloud.nextChangeFails();
    NewleafException failed = fails(version(), adding(NEW));
    assertThat(failed.failure()).isInstanceOf(Failure.RemoteError.class);
    assertThat(accepted).hasSize(1);
    assertThat(reading().acceptedClientCas()).containsExactly(OLD.certificate());
    assertThat(cloud.updates().settle(NAME, OPERATION)).isEqualTo(Settled.REFUSED);
  }

  @Test
  void operationIsKnownAfterItsEndAndAStrangeOneIsNot() {
    cloud.add(NAME, List.of(OLD.certificate()), List.of());
    assertThat(cloud.updates().settle(NAME, OPERATION)).isEqualTo(Settled.UNKNOWN);
    update(adding(NEW));
    assertThat(cloud.updates().settle(NAME, OPERATION)).isEqualTo(Settled.FULFILLED);
  }

  @Test
  void operationThatStillRunsIsWaitedFor() {
    cloud.add(NAME, List.of(OLD.certificate()), List.of());
    try {
      cloud
          .updates()
          .update(
              NAME,
              version(),
              adding(NEW),
              OPERATION,
              () -> {
                throw new Gone();
              });
    } catch (Gone _) {
      // the run was killed once the call was accepted
    }
    assertThat(cloud.updates().settle(NAME, OPERATION)).isEqualTo(Settled.FULFILLED);
    assertThat(reading().acceptedClientCas()).hasSize(2);
  }

  private static final class Gone extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private void update(TrustChange change) {
    cloud.updates().update(NAME, version(), change, OPERATION, () -> accepted.add("accepted"));
  }

  private NewleafException fails(String version, TrustChange change) {
    return catchThrowableOfType(
        NewleafException.class,
        () ->
            cloud
                .updates()
                .update(NAME, version, change, OPERATION, () -> accepted.add("accepted")));
  }

  private static TrustChange adding(CertificateAuthority ca) {
    return new TrustChange(List.of(ca.certificate()), Set.of(), Optional.empty());
  }

  private NamespaceReading reading() {
    return cloud.namespaces().read(List.of(NAME)).getFirst();
  }

  private String version() {
    return reading().namespace().resourceVersion();
  }
}
