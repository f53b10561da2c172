package newleaf.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.cert.CaProfile;
import newleaf.cert.CertificateAuthority;
import newleaf.cert.HeldCertificate;
import newleaf.cert.KeyAlgorithm;
import newleaf.cert.LeafProfile;
import newleaf.cert.Subject;
import newleaf.observed.CaRef;
import newleaf.observed.LeafPlace;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A disk of a few blocks: what does not fit is told, nothing half-written stays, and with room
/// again the next run goes on.
class FullDiskTest {
  private static final int BLOCK = 512;
  private static final int BLOCKS = 40;
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Instant NOW = Instant.parse("2026-11-24T05:00:00Z");
  private static final CaRef BOOKING = new CaRef("booking", "keys");
  private static final LeafPlace PLACE = new LeafPlace.Directory("certs");
  private static final CaProfile CA = profile("Booking CA");
  private static final CertificateAuthority ISSUER =
      CertificateAuthority.selfSigned(profile("CA"), 1, NOW, RANDOM);

  private final FileSystem disk =
      Jimfs.newFileSystem(
          Configuration.unix().toBuilder()
              .setBlockSize(BLOCK)
              .setMaxSize((long) BLOCK * BLOCKS)
              .setMaxCacheSize(0)
              .setAttributeViews("basic", "posix")
              .build());
  private final Path base = disk.getPath("/work");

  @AfterEach
  void close() throws IOException {
    disk.close();
  }

  private static CaProfile profile(String name) {
    var subject = new Subject(name, Optional.empty(), Optional.empty());
    return new CaProfile(subject, KeyAlgorithm.EC_P256, Duration.ofDays(365));
  }

  @Test
  void caThatDoesNotFitIsMadeOnceThereIsRoom() throws IOException {
    Files.createDirectories(base);
    fitsAtLast(
        () -> {
          assertThat(cas().make(BOOKING, 1, CA).ca().keyHeld()).isTrue();
        },
        () -> {
          assertThat(cas().read(BOOKING)).isEmpty();
          assertThat(names()).allMatch(n -> n.endsWith(".key"));
        });
    assertThat(names()).containsExactlyInAnyOrder("booking-g1.key", "booking-g1.crt");
  }

  @Test
  void leafThatDoesNotFitLeavesTheOneBeforeInPlace() throws IOException {
    Files.createDirectories(base);
    LeafFiles leaves = new LeafFiles(base);
    HeldCertificate first = leaf();
    leaves.deliver(PLACE, first, Optional.empty());
    HeldCertificate second = leaf();
    fitsAtLast(
        () -> leaves.deliver(PLACE, second, version(leaves)),
        () -> {
          assertThat(leaves.current(PLACE).orElseThrow().fingerprint())
              .isEqualTo(first.fingerprint());
          assertThat(names()).noneMatch(n -> n.endsWith(".tmp"));
        });
    assertThat(leaves.current(PLACE).orElseThrow().fingerprint()).isEqualTo(second.fingerprint());
    assertThat(leaves.previous(PLACE).orElseThrow().fingerprint()).isEqualTo(first.fingerprint());
  }

  @Test
  void clockThatJumpedBackIssuesNothingUntilItIsRight() throws IOException {
    Files.createDirectories(base);
    LeafProfile profile =
        new LeafProfile(
            new Subject("leaf", Optional.empty(), Optional.empty()),
            KeyAlgorithm.EC_P256,
            Duration.ofDays(30),
            List.of());
    assertThat(cas().make(BOOKING, 1, CA).ca().keyHeld()).isTrue();
    NewleafException failed =
        catchThrowableOfType(
            NewleafException.class,
            () -> cas(NOW.minus(Duration.ofDays(60))).issue(BOOKING, 1, profile));
    assertThat(failed.failure()).isInstanceOf(Failure.Refused.class);
    assertThat(failed)
        .hasMessage(
            "NL2007 /work/keys/booking-g1.crt: is valid only from 2026-11-24T04:55:00Z, and this"
                + " machine's clock says 2026-09-25T05:00:00Z. Set the clock right, then run the"
                + " same command again.");
    assertThat(cas().issue(BOOKING, 1, profile)).isNotNull();
  }

  private CaKeyFiles cas() {
    return cas(NOW);
  }

  private CaKeyFiles cas(Instant now) {
    return new CaKeyFiles(
        base, _ -> "correct-horse".toCharArray(), InstantSource.fixed(now), RANDOM);
  }

  private static HeldCertificate leaf() {
    var subject = new Subject("leaf", Optional.empty(), Optional.empty());
    return ISSUER.issue(
        new LeafProfile(subject, KeyAlgorithm.EC_P256, Duration.ofDays(1), List.of()), NOW, RANDOM);
  }

  private static Optional<String> version(LeafFiles leaves) {
    return leaves.read(List.of(PLACE), _ -> Optional.empty()).getFirst().version();
  }

  /// With one block more of room each time, until it fits.
  ///
  /// @param fails what holds after each time it did not
  private void fitsAtLast(ThrowingCallable act, ThrowingCallable fails) throws IOException {
    int failures = 0;
    for (int free = 0; free < BLOCKS; free++) {
      Path rest = fillBut(free);
      Throwable failed = catchThrowable(act);
      Files.delete(rest);
      if (failed == null) {
        break;
      }
      failures++;
      assertFull(failed);
      assertThatCode(fails).doesNotThrowAnyException();
    }
    assertThat(failures).isBetween(2, BLOCKS - 1);
  }

  /// Takes all room but that many blocks.
  private Path fillBut(int free) throws IOException {
    Path rest = disk.getPath("/rest");
    long left = Files.getFileStore(base).getUnallocatedSpace() - (long) free * BLOCK;
    Files.write(rest, new byte[(int) left]);
    return rest;
  }

  private static void assertFull(Throwable failed) {
    assertThat(failed)
        .isInstanceOfSatisfying(
            NewleafException.class,
            e -> assertThat(e.failure()).isInstanceOf(Failure.RemoteError.class))
        .hasMessageContaining("NL2009 /work/")
        .hasMessageContaining("the file system refused (IOException: out of disk space)")
        .hasMessageEndingWith("Mend that and run again; it is safe to.");
  }

  private List<String> names() throws IOException {
    try (Stream<Path> all = Files.walk(base)) {
      return all.filter(Files::isRegularFile).map(f -> f.getFileName().toString()).toList();
    }
  }
}
