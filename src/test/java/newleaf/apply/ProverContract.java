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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.apply.Prover.Endpoint;
import newleaf.apply.Prover.Verdict;
import newleaf.cert.Fingerprint;
import newleaf.cert.HeldCertificate;
import newleaf.observed.NamespaceReading;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What newleaf relies on when it connects to a namespace. The fake in memory keeps it, and the
/// emulator over TLS.
abstract class ProverContract {
  private static final String NAME = "booking.sdvdw";

  private CloudSide cloud;
  private int changes;

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
  void leafIsAcceptedExactlyWhileItsCaIsInTheBundle() {
    cloud.add(NAME, List.of(OTHER.certificate()), List.of());
    Endpoint endpoint = endpoint();
    HeldCertificate leaf = leaf(OLD);
    assertThat(cloud.prover().connect(endpoint, leaf)).isInstanceOf(Verdict.Rejected.class);
    change(List.of(OLD.certificate()), Set.of());
    assertThat(cloud.prover().connect(endpoint, leaf)).isInstanceOf(Verdict.Accepted.class);
    change(List.of(), Set.of(Fingerprint.of(OLD.certificate())));
    assertThat(cloud.prover().connect(endpoint, leaf)).isInstanceOf(Verdict.Rejected.class);
  }

  @Test
  void caOfTheSameNameWithAnotherKeyIsAStranger() {
    cloud.add(NAME, List.of(OLD.certificate()), List.of());
    HeldCertificate leaf = leaf(ca("Old CA", START, Duration.ofDays(365)));
    assertThat(cloud.prover().connect(endpoint(), leaf)).isInstanceOf(Verdict.Rejected.class);
  }

  @Test
  void oneFilterMustFit() {
    cloud.add(
        NAME, List.of(OLD.certificate()), List.of(commonName("billing"), commonName("BOOK*")));
    assertThat(cloud.prover().connect(endpoint(), leaf(OLD))).isInstanceOf(Verdict.Accepted.class);
    cloud.add("other.sdvdw", List.of(OLD.certificate()), List.of(commonName("billing")));
    assertThat(cloud.prover().connect(endpoint("other.sdvdw"), leaf(OLD)))
        .isInstanceOf(Verdict.Rejected.class);
  }

  @Test
  void leafIsAcceptedFromItsFirstSecondToItsLast() {
    cloud.add(NAME, List.of(OLD.certificate()), List.of());
    Endpoint endpoint = endpoint();
    // issued by a clock that is ahead, by more than leaves are backdated
    HeldCertificate early = leaf(OLD, START.plusSeconds(400), Duration.ofDays(1));
    assertThat(cloud.prover().connect(endpoint, early)).isInstanceOf(Verdict.Rejected.class);
    cloud.time().advanceTo(early.certificate().getNotBefore().toInstant());
    assertThat(cloud.prover().connect(endpoint, early)).isInstanceOf(Verdict.Accepted.class);
    cloud.time().advanceTo(early.certificate().getNotAfter().toInstant());
    assertThat(cloud.prover().connect(endpoint, early)).isInstanceOf(Verdict.Accepted.class);
    cloud.time().advanceTo(cloud.time().instant().plusSeconds(1));
    assertThat(cloud.prover().connect(endpoint, early)).isInstanceOf(Verdict.Rejected.class);
  }

  @Test
  void leafOfACaThatHasExpiredInTheBundleIsRefused() {
    cloud.add(NAME, List.of(OTHER.certificate(), OLD.certificate()), List.of());
    HeldCertificate leaf = leaf(OTHER);
    cloud.time().advanceTo(OTHER.certificate().getNotAfter().toInstant().plusSeconds(1));
    assertThat(cloud.prover().connect(endpoint(), leaf)).isInstanceOf(Verdict.Rejected.class);
    assertThat(cloud.prover().connect(endpoint(), leaf(OLD))).isInstanceOf(Verdict.Accepted.class);
  }

  @Test
  void taskQueueThatNobodyPollsHasNoPollersAndAStrangerIsNotTold() {
    cloud.add(NAME, List.of(OLD.certificate()), List.of());
    assertThat(cloud.prover().pollers(endpoint(), leaf(OLD), "bookings")).isEmpty();
    NewleafException refused =
        catchThrowableOfType(
            NewleafException.class,
            () -> cloud.prover().pollers(endpoint(), leaf(NEW), "bookings"));
    assertThat(refused.failure()).isInstanceOf(Failure.RemoteError.class);
  }

  private void change(List<X509Certificate> add, Set<Fingerprint> remove) {
    cloud
        .updates()
        .update(
            NAME,
            reading(NAME).namespace().resourceVersion(),
            new TrustChange(add, remove, Optional.empty()),
            new OperationId("operation-" + ++changes),
            () -> {});
  }

  private NamespaceReading reading(String name) {
    return cloud.namespaces().read(List.of(name)).getFirst();
  }

  private Endpoint endpoint() {
    return endpoint(NAME);
  }

  private Endpoint endpoint(String name) {
    return World.endpoint(reading(name));
  }
}
