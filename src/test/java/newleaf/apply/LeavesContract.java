package newleaf.apply;

import static newleaf.apply.CloudAuthorities.NEW;
import static newleaf.apply.CloudAuthorities.OLD;
import static newleaf.apply.CloudAuthorities.OTHER;
import static newleaf.apply.CloudAuthorities.leaf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Optional;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.cert.Certificate;
import newleaf.cert.Fingerprint;
import newleaf.cert.HeldCertificate;
import newleaf.cert.PrivateKeys;
import newleaf.observed.LeafPlace;
import newleaf.observed.ObservedLeaf;
import newleaf.observed.Observer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What newleaf relies on where it reads and delivers leaves. The fake in memory keeps it, folders,
/// the embedded cluster and a real control plane.
abstract class LeavesContract {
  private final HeldCertificate first = leaf(OLD);
  private final HeldCertificate next = leaf(NEW);
  private LeafSide side;
  private LeafPlace place;

  abstract LeafSide start();

  @BeforeEach
  void startSide() {
    side = start();
    place = side.place();
  }

  @AfterEach
  void closeSide() {
    side.close();
  }

  @Test
  void emptyPlaceHasNothing() {
    ObservedLeaf read = read();
    assertThat(read.place()).isEqualTo(place);
    assertThat(read.certificate()).isEmpty();
    assertThat(read.issuedBy()).isEmpty();
    assertThat(read.keyMatches()).isFalse();
    assertThat(read.version()).isEmpty();
    assertThat(side.delivery().current(place)).isEmpty();
    assertThat(side.delivery().previous(place)).isEmpty();
  }

  @Test
  void deliveredLeafIsReadWithItsIssuer() {
    deliver(first);
    ObservedLeaf read = read();
    assertThat(read.certificate()).contains(Certificate.of(first.certificate()));
    assertThat(read.issuedBy()).contains(Fingerprint.of(OLD.certificate()));
    assertThat(read.keyMatches()).isTrue();
    assertThat(read.version()).isPresent();
    assertThat(read.writtenAt()).isPresent();
    assertThat(read.owner()).isEmpty();
    same(side.delivery().current(place), first);
    assertThat(side.delivery().previous(place)).isEmpty();
  }

  @Test
  void issuerThatNobodyKnowsIsNotNamed() {
    deliver(leaf(OTHER));
    assertThat(read().issuedBy()).isEmpty();
  }

  @Test
  void leafKeepsItsChain() {
    HeldCertificate chained =
        new HeldCertificate(first.certificate(), List.of(OTHER.certificate()), first.key());
    deliver(chained);
    same(side.delivery().current(place), chained);
    assertThat(read().certificate()).contains(Certificate.of(first.certificate()));
  }

  @Test
  void leafBeforeTheLastDeliveryIsKept() {
    deliver(first);
    String version = read().version().orElseThrow();
    deliver(next);
    assertThat(read().version()).isPresent().isNotEqualTo(Optional.of(version));
    same(side.delivery().current(place), next);
    same(side.delivery().previous(place), first);
    deliver(leaf(OLD));
    same(side.delivery().previous(place), next);
  }

  @Test
  void leafOfSomebodyElseIsReadAndReplaced() {
    side.byHand(place, first);
    same(side.delivery().current(place), first);
    deliver(next);
    same(side.delivery().current(place), next);
    same(side.delivery().previous(place), first);
  }

  @Test
  void deliveryOnAnOlderVersionIsStaleAndChangesNothing() {
    deliver(first);
    Optional<String> before = read().version();
    HeldCertificate theirs = leaf(OLD);
    side.byHand(place, theirs);
    assertThat(fails(before)).isInstanceOf(Failure.Stale.class);
    same(side.delivery().current(place), theirs);
  }

  @Test
  void deliveryWhereSomethingAppearedIsStale() {
    side.byHand(place, first);
    assertThat(fails(Optional.empty())).isInstanceOf(Failure.Stale.class);
    same(side.delivery().current(place), first);
  }

  @Test
  void deliveryWhereNothingIsAnyMoreIsStale() {
    deliver(first);
    Optional<String> version = read().version();
    LeafPlace empty = side.place();
    NewleafException stale =
        catchThrowableOfType(
            NewleafException.class, () -> side.delivery().deliver(empty, next, version));
    assertThat(stale.failure()).isInstanceOf(Failure.Stale.class);
    assertThat(side.delivery().current(empty)).isEmpty();
  }

  @Test
  void everyPlaceIsAnsweredForInOrder() {
    deliver(first);
    LeafPlace empty = side.place();
    List<ObservedLeaf> read =
        side.leaves().read(List.of(empty, place), Observer.among(List.of(OLD.certificate())));
    assertThat(read).extracting(ObservedLeaf::place).containsExactly(empty, place);
    assertThat(read.getFirst().certificate()).isEmpty();
    assertThat(read.getLast().certificate()).isPresent();
  }

  /// Keys of two libraries are never equal, nor are their encodings; that it fits is enough.
  private static void same(Optional<HeldCertificate> found, HeldCertificate wanted) {
    assertThat(found.map(HeldCertificate::certificate)).contains(wanted.certificate());
    assertThat(found.map(HeldCertificate::chain)).contains(wanted.chain());
    assertThat(PrivateKeys.matches(wanted.certificate(), found.orElseThrow().key())).isTrue();
  }

  private ObservedLeaf read() {
    return side.leaves()
        .read(List.of(place), Observer.among(List.of(OLD.certificate(), NEW.certificate())))
        .getFirst();
  }

  private void deliver(HeldCertificate leaf) {
    side.delivery().deliver(place, leaf, read().version());
  }

  private Failure fails(Optional<String> version) {
    return catchThrowableOfType(
            NewleafException.class, () -> side.delivery().deliver(place, next, version))
        .failure();
  }
}
