package newleaf.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.cert.CaProfile;
import newleaf.cert.CertificateAuthority;
import newleaf.cert.Fingerprint;
import newleaf.cert.HeldCertificate;
import newleaf.cert.KeyAlgorithm;
import newleaf.cert.LeafPair;
import newleaf.cert.LeafProfile;
import newleaf.cert.Subject;
import newleaf.observed.Issuers;
import newleaf.observed.LeafPlace;
import newleaf.observed.ObservedLeaf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// On a real folder for the modes, on jimfs for the rules of Windows.
class LeafFilesTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Instant NOW = Instant.parse("2026-11-24T05:00:00Z");
  private static final LeafPlace PLACE = new LeafPlace.Directory("var/certs");
  private static final Issuers NOBODY = _ -> Optional.empty();
  private static final CertificateAuthority CA =
      CertificateAuthority.selfSigned(
          new CaProfile(
              new Subject("CA", Optional.empty(), Optional.empty()),
              KeyAlgorithm.EC_P256,
              Duration.ofDays(9)),
          1,
          NOW,
          RANDOM);

  @TempDir Path base;

  private static HeldCertificate leaf() {
    var subject = new Subject("leaf", Optional.empty(), Optional.empty());
    return CA.issue(
        new LeafProfile(subject, KeyAlgorithm.EC_P256, Duration.ofDays(1), List.of()), NOW, RANDOM);
  }

  private Path file(String name) {
    return base.resolve("var").resolve("certs").resolve(name);
  }

  private ObservedLeaf observed() {
    return observed(new LeafFiles(base));
  }

  private static ObservedLeaf observed(LeafFiles files) {
    return files.read(List.of(PLACE), NOBODY).getFirst();
  }

  @Test
  void deliveredLeafIsReadBack() throws IOException {
    var files = new LeafFiles(base);
    HeldCertificate leaf = leaf();
    assertThat(observed())
        .isEqualTo(
            new ObservedLeaf(
                PLACE,
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
    assertThat(files.current(PLACE)).isEmpty();

    files.deliver(PLACE, leaf, Optional.empty());

    Files.setLastModifiedTime(file("tls.crt"), FileTime.from(NOW));
    Issuers ca = _ -> Optional.of(Fingerprint.of(CA.certificate()));
    ObservedLeaf observed = files.read(List.of(PLACE), ca).getFirst();
    assertThat(observed.certificate().orElseThrow().fingerprint()).isEqualTo(leaf.fingerprint());
    assertThat(observed.issuedBy()).contains(Fingerprint.of(CA.certificate()));
    assertThat(observed.keyMatches()).isTrue();
    assertThat(observed.version().orElseThrow()).matches("[0-9a-f]{64}");
    assertThat(observed.writtenAt()).contains(NOW);
    assertThat(observed.toString()).doesNotContain("PRIVATE KEY");
    assertThat(fingerprint(files.current(PLACE))).contains(leaf.fingerprint());
    assertThat(files.previous(PLACE)).isEmpty();
    assertThat(mode("tls.key")).isEqualTo("rw-------");
    assertThat(mode("tls.crt")).isEqualTo("rw-r--r--");
  }

  @Test
  void pairBeforeIsKept() throws IOException {
    var files = new LeafFiles(base);
    HeldCertificate first = leaf();
    HeldCertificate second = leaf();
    files.deliver(PLACE, first, Optional.empty());
    files.deliver(PLACE, second, observed().version());
    assertThat(fingerprint(files.current(PLACE))).contains(second.fingerprint());
    assertThat(fingerprint(files.previous(PLACE))).contains(first.fingerprint());
    assertThat(names()).containsExactly("tls.crt", "tls.crt.prev", "tls.key", "tls.key.prev");
    assertThat(mode("tls.key.prev")).isEqualTo("rw-------");
  }

  @Test
  void leafThatMovedMeanwhileIsLeftAlone() throws IOException {
    var files = new LeafFiles(base);
    HeldCertificate first = leaf();
    assertStale(files, Optional.of("0".repeat(64)));
    assertThat(base).isEmptyDirectory();
    files.deliver(PLACE, first, Optional.empty());
    assertStale(files, Optional.empty());
    assertStale(files, Optional.of("0".repeat(64)));
    assertThat(fingerprint(files.current(PLACE))).contains(first.fingerprint());
    assertThat(names()).containsExactly("tls.crt", "tls.key");
  }

  private static void assertStale(LeafFiles files, Optional<String> version) {
    assertThatThrownBy(() -> files.deliver(PLACE, leaf(), version))
        .isInstanceOfSatisfying(
            NewleafException.class, e -> assertThat(e.failure()).isInstanceOf(Failure.Stale.class))
        .hasMessageContaining("NL2008");
  }

  @Test
  void deliveryThatCrashedBetweenTheTwoRenamesRunsAgain() throws IOException {
    var files = new LeafFiles(base);
    HeldCertificate first = leaf();
    HeldCertificate second = leaf();
    files.deliver(PLACE, leaf(), Optional.empty());
    files.deliver(PLACE, first, observed().version());
    Optional<String> version = observed().version();

    // what the crash leaves: the pair before is kept already, the key is new, the certificate old
    Files.copy(file("tls.crt"), file("tls.crt.prev"), StandardCopyOption.REPLACE_EXISTING);
    Files.copy(file("tls.key"), file("tls.key.prev"), StandardCopyOption.REPLACE_EXISTING);
    Files.writeString(file("tls.key"), LeafPair.keyOf(second));
    assertThat(observed().keyMatches()).isFalse();
    assertThat(observed().version()).isEqualTo(version);
    assertThat(files.current(PLACE)).isEmpty();

    files.deliver(PLACE, second, version);
    assertThat(fingerprint(files.current(PLACE))).contains(second.fingerprint());
    assertThat(fingerprint(files.previous(PLACE))).contains(first.fingerprint());
  }

  @Test
  void garbageIsSeenAsAPlaceWithoutLeaf() throws IOException {
    new LeafFiles(base).deliver(PLACE, leaf(), Optional.empty());
    Files.writeString(file("tls.crt"), "garbage \u00ff");
    assertThat(observed().certificate()).isEmpty();
    assertThat(observed().keyMatches()).isFalse();
    assertThat(observed().version()).isPresent();
  }

  @Test
  void folderWhereAFileIsIsReportedWithItsPath() throws IOException {
    Files.writeString(base.resolve("var"), "a file");
    assertThatThrownBy(() -> new LeafFiles(base).deliver(PLACE, leaf(), Optional.empty()))
        .isInstanceOf(NewleafException.class)
        .hasMessageContaining("NL2009")
        .hasMessageContaining(base.resolve("var").toString());
  }

  @Test
  void secretIsNoPlaceForFiles() {
    var secret = new LeafPlace.Secret("booking", "tls");
    assertThatThrownBy(() -> new LeafFiles(base).current(secret))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void unixAndWindowsFileSystemsWork() throws IOException {
    try (FileSystem unix = Jimfs.newFileSystem(Configuration.unix());
        FileSystem windows = Jimfs.newFileSystem(Configuration.windows())) {
      for (Path work : List.of(unix.getPath("/work"), windows.getPath("C:\\work"))) {
        var files = new LeafFiles(work);
        HeldCertificate second = leaf();
        files.deliver(PLACE, leaf(), Optional.empty());
        files.deliver(PLACE, second, observed(files).version());
        assertThat(fingerprint(files.current(PLACE))).contains(second.fingerprint());
        assertThat(files.previous(PLACE)).isPresent();
      }
    }
  }

  private static Optional<Fingerprint> fingerprint(Optional<HeldCertificate> leaf) {
    return leaf.map(HeldCertificate::fingerprint);
  }

  private String mode(String name) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file(name)));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(base.resolve("var").resolve("certs"))) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }
}
