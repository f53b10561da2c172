package newleaf.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.cert.CaProfile;
import newleaf.cert.Certificate;
import newleaf.cert.EncryptedKey;
import newleaf.cert.HeldCertificate;
import newleaf.cert.KeyAlgorithm;
import newleaf.cert.LeafProfile;
import newleaf.cert.OpenSsl;
import newleaf.cert.Pem;
import newleaf.cert.PrivateKeys;
import newleaf.cert.Subject;
import newleaf.cert.TestFiles;
import newleaf.observed.CaReading;
import newleaf.observed.CaRef;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// On real folders, since jimfs obeys no modes; once on jimfs as Windows, which has none. Each
/// opening of a key takes half a second by design, so a test makes few keys.
class CaKeyFilesTest {
  private static final String PASSPHRASE = "correct-horse";
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Instant NOW = Instant.parse("2026-11-24T05:00:00Z");
  private static final CaRef BOOKING = new CaRef("booking", "keys");
  private static final CaProfile CA = profile(KeyAlgorithm.EC_P384);
  private static final LeafProfile LEAF =
      new LeafProfile(
          new Subject("temporal-booking.sdvdw", Optional.empty(), Optional.empty()),
          KeyAlgorithm.EC_P256,
          Duration.ofDays(30),
          List.of());

  private final List<char[]> handedOut = new ArrayList<>();

  @TempDir Path base;

  private static CaProfile profile(KeyAlgorithm key) {
    var subject = new Subject("Booking CA", Optional.of("Temporal"), Optional.empty());
    return new CaProfile(subject, key, Duration.ofDays(365));
  }

  private CaKeyFiles files(String passphrase) {
    return files(base, passphrase, NOW);
  }

  private CaKeyFiles files(Path folder, String passphrase, Instant now) {
    Passphrase source =
        _ -> {
          char[] secret = passphrase.toCharArray();
          handedOut.add(secret);
          return secret;
        };
    return new CaKeyFiles(folder, source, InstantSource.fixed(now), RANDOM);
  }

  /// A CA without the half second of PBKDF2: a key that openssl encrypted weakly, as one left by a
  /// crash, and its certificate.
  private void makeQuickly(int generation) throws IOException {
    Path key = base.resolve("keys").resolve("booking-g" + generation + ".key");
    Files.createDirectories(key.getParent());
    Files.writeString(key, TestFiles.text("openssl-default-encrypted.key"));
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    assertThat(files("test").make(BOOKING, generation, profile(KeyAlgorithm.EC_P256))).isNotNull();
  }

  @Test
  void madeCaIsOnDiskAndIssues() throws Exception {
    CaKeyFiles files = files(PASSPHRASE);
    CaReading made = files.make(BOOKING, 2, CA);

    assertThat(made.ca().address()).isEqualTo("ca/booking-g2");
    assertThat(made.ca().keyHeld()).isTrue();
    assertThat(made.ca().certificate().subject().value()).isEqualTo("CN=Booking CA G2,O=Temporal");
    assertThat(names(base.resolve("keys"))).containsExactly("booking-g2.crt", "booking-g2.key");
    assertThat(mode("")).isEqualTo("rwx------");
    assertThat(mode("booking-g2.key")).isEqualTo("rw-------");
    assertThat(mode("booking-g2.crt")).isEqualTo("rw-r--r--");
    assertThat(files.make(BOOKING, 2, CA)).as("made once").isEqualTo(made);
    assertThat(files.read(BOOKING)).containsExactly(made);
    assertThat(files.held(BOOKING, 2)).isTrue();
    assertThat(files.held(BOOKING, 1)).isFalse();

    HeldCertificate leaf = files.issue(BOOKING, 2, LEAF);
    leaf.certificate().verify(made.certificate().getPublicKey());
    assertThat(PrivateKeys.matches(leaf.certificate(), leaf.key())).isTrue();
    assertThat(handedOut).as("the key just made is at hand").hasSize(1);
    assertThat(handedOut).allSatisfy(p -> assertThat(p).containsOnly('\0'));
    assertThat(made.toString()).doesNotContain(PASSPHRASE, "PRIVATE KEY");
    opensslOpens(base.resolve("keys").resolve("booking-g2.key"));
  }

  private void opensslOpens(Path key) throws IOException, InterruptedException {
    String from = "env:" + OpenSsl.PASSPHRASE_VARIABLE;
    OpenSsl.Answer answer =
        OpenSsl.run(base, PASSPHRASE, "pkey", "-in", key.toString(), "-passin", from, "-check");
    assertThat(answer.text()).contains("Key is valid");
  }

  @Test
  void keyIsOpenedOnceForManyLeavesOfARun() throws Exception {
    makeQuickly(1);
    handedOut.clear();
    CaKeyFiles files = files("test");
    for (int i = 0; i < 3; i++) {
      HeldCertificate leaf = files.issue(BOOKING, 1, LEAF);
      leaf.certificate().verify(files.read(BOOKING).getFirst().certificate().getPublicKey());
    }
    assertThat(handedOut).hasSize(1);
    assertThat(handedOut).allSatisfy(p -> assertThat(p).containsOnly('\0'));
  }

  @Test
  void leafIsIssuedForAKeyThatIsElsewhere() throws Exception {
    makeQuickly(1);
    CaKeyFiles files = files("test");
    KeyPair there = PrivateKeys.generatePair(LEAF.key(), RANDOM);
    X509Certificate leaf = files.issue(BOOKING, 1, LEAF, there.getPublic());
    leaf.verify(files.read(BOOKING).getFirst().certificate().getPublicKey());
    assertThat(PrivateKeys.matches(leaf, there.getPrivate())).isTrue();
    PublicKey other = PrivateKeys.generatePair(KeyAlgorithm.EC_P384, RANDOM).getPublic();
    assertFails(() -> files.issue(BOOKING, 1, LEAF, other), Failure.Refused.class, "NL2007");
    assertFails(
        () -> files.issue(BOOKING, 2, LEAF, there.getPublic()), Failure.Refused.class, "NL2003");
  }

  @Test
  void renewedCaKeepsItsKeyAndIsMadeOnce() throws Exception {
    makeQuickly(1);
    CaReading first = files("test").read(BOOKING).getFirst();
    Instant later = NOW.plus(Duration.ofDays(300));
    CaKeyFiles files = files(base, "test", later);
    CaReading second = files.renew(BOOKING, 2, 1, Duration.ofDays(365));
    assertThat(second.certificate().getPublicKey()).isEqualTo(first.certificate().getPublicKey());
    assertThat(second.ca().certificate().subject()).isEqualTo(first.ca().certificate().subject());
    assertThat(files.renew(BOOKING, 2, 1, Duration.ofDays(365))).isEqualTo(second);
    assertThat(mode("booking-g2.key")).isEqualTo("rw-------");
    HeldCertificate leaf = files.issue(BOOKING, 2, LEAF);
    leaf.certificate().verify(first.certificate().getPublicKey());
    Files.delete(base.resolve("keys").resolve("booking-g1.key"));
    assertThatThrownBy(() -> files.renew(BOOKING, 3, 1, Duration.ofDays(365)))
        .isInstanceOf(NewleafException.class);
    assertThat(files.held(BOOKING, 3)).isFalse();
  }

  @Test
  void keyLeftByACrashIsTakenUp() throws Exception {
    makeQuickly(1);
    byte[] key = Files.readAllBytes(base.resolve("keys").resolve("booking-g1.key"));
    CaReading before = files("test").read(BOOKING).getFirst();
    Files.delete(base.resolve("keys").resolve("booking-g1.crt"));

    CaKeyFiles files = files("test");
    assertThat(files.read(BOOKING)).isEmpty();
    assertThat(files.held(BOOKING, 1)).isFalse();
    CaReading again = files.make(BOOKING, 1, profile(KeyAlgorithm.EC_P256));
    assertThat(again.certificate().getPublicKey()).isEqualTo(before.certificate().getPublicKey());
    assertThat(base.resolve("keys").resolve("booking-g1.key")).hasBinaryContent(key);
  }

  @Test
  void keyIsOnDiskBeforeItsCertificateAndStaysWhenThatFails() throws Exception {
    Path keys = base.resolve("keys");
    Path obstacle = Files.createDirectories(keys.resolve("booking-g1.crt").resolve("full"));
    assertFails(() -> files(PASSPHRASE).make(BOOKING, 1, CA), Failure.RemoteError.class, "NL2009")
        .hasMessageContaining("booking-g1.crt");
    assertThat(names(keys)).containsExactly("booking-g1.crt", "booking-g1.key");

    Files.delete(obstacle);
    Files.delete(obstacle.getParent());
    byte[] key = Files.readAllBytes(keys.resolve("booking-g1.key"));
    assertThat(files(PASSPHRASE).make(BOOKING, 1, CA).ca().keyHeld()).isTrue();
    assertThat(keys.resolve("booking-g1.key")).hasBinaryContent(key);
  }

  @Test
  void keyLeftByACrashIsNotTakenForOneOfAnotherType() throws Exception {
    makeQuickly(1);
    Files.delete(base.resolve("keys").resolve("booking-g1.crt"));
    assertFails(() -> files("test").make(BOOKING, 1, CA), Failure.Refused.class, "NL2005")
        .hasMessageContaining("ec-p256")
        .hasMessageContaining("ec-p384");
  }

  @Test
  void wrongAndEmptyPassphrasesAreDenied() throws Exception {
    makeQuickly(1);
    assertFails(() -> files("sesame-wrong").issue(BOOKING, 1, LEAF), Failure.Denied.class, "NL2001")
        .hasMessageContaining("booking-g1.key")
        .hasMessageNotContaining("sesame");
    assertFails(() -> files("").issue(BOOKING, 1, LEAF), Failure.Misconfigured.class, "NL2002");
    assertFails(() -> files("").make(BOOKING, 2, CA), Failure.Misconfigured.class, "NL2002");
    assertThat(names(base.resolve("keys"))).containsExactly("booking-g1.crt", "booking-g1.key");
    Files.delete(base.resolve("keys").resolve("booking-g1.crt"));
    assertFails(() -> files("wrong").make(BOOKING, 1, CA), Failure.Denied.class, "NL2001");
  }

  @Test
  void nextGenerationUnderAMistypedPassphraseIsNotMade() throws Exception {
    makeQuickly(1);
    assertFails(() -> files("tset").make(BOOKING, 2, CA), Failure.Denied.class, "NL2001");
    assertThat(names(base.resolve("keys"))).containsExactly("booking-g1.crt", "booking-g1.key");
  }

  @Test
  void keyThatOthersCanReadIsRefusedWithTheCommandThatMendsIt() throws Exception {
    makeQuickly(1);
    Path key = base.resolve("keys").resolve("booking-g1.key");
    for (String mode : List.of("rw-r-----", "rw----r--", "rw--w----")) {
      Files.setPosixFilePermissions(key, PosixFilePermissions.fromString(mode));
      assertFails(() -> files("test").issue(BOOKING, 1, LEAF), Failure.Denied.class, "NL2004")
          .hasMessageContaining(mode)
          .hasMessageContaining("chmod 600 " + key);
    }
    assertThat(files("test").read(BOOKING)).as("reading needs no key").hasSize(1);
  }

  @Test
  void missingKeyIsSeenAndRefused() throws Exception {
    makeQuickly(1);
    Files.delete(base.resolve("keys").resolve("booking-g1.key"));
    CaKeyFiles files = files("test");
    assertThat(files.read(BOOKING).getFirst().ca().keyHeld()).isFalse();
    assertThat(files.held(BOOKING, 1)).isFalse();
    assertFails(() -> files.issue(BOOKING, 1, LEAF), Failure.Refused.class, "NL2003");
  }

  @Test
  void damagedFilesAreNamed() throws Exception {
    makeQuickly(1);
    Path crt = base.resolve("keys").resolve("booking-g1.crt");
    Path key = base.resolve("keys").resolve("booking-g1.key");
    String good = Files.readString(crt);

    Files.writeString(crt, TestFiles.text("foreign-ca.crt").replace("foreign", ""));
    Files.writeString(key, "nothing");
    assertDamaged(() -> files("test").issue(BOOKING, 1, LEAF), key);
    for (String bad :
        List.of(
            "", "junk", good + good, good.replace("MII", "AAA"), TestFiles.text("ed25519.crt"))) {
      Files.writeString(crt, bad);
      assertDamaged(() -> files("test").read(BOOKING), crt);
      assertDamaged(() -> files("test").make(BOOKING, 1, CA), crt);
    }
  }

  @Test
  void keyOfAnotherCaIsDamage() throws Exception {
    makeQuickly(1);
    Path crt = base.resolve("keys").resolve("booking-g1.crt");
    HeldCertificate stranger = files("test").stranger(LEAF);
    Files.writeString(crt, Pem.of(stranger.certificate()));
    assertDamaged(
        () -> files("test").issue(BOOKING, 1, LEAF),
        base.resolve("keys").resolve("booking-g1.key"));
  }

  @Test
  void expiredCaRefusesToIssue() throws Exception {
    makeQuickly(1);
    CaKeyFiles later = files(base, "test", NOW.plus(Duration.ofDays(366)));
    assertFails(() -> later.issue(BOOKING, 1, LEAF), Failure.Refused.class, "NL2007")
        .hasMessageContaining("expired at 2027-11-24T05:00:00Z");
  }

  @Test
  void generationsAreSortedByNumberAndOthersFilesSkipped() throws Exception {
    makeQuickly(10);
    makeQuickly(9);
    Path keys = base.resolve("keys");
    Files.writeString(keys.resolve("booking-g01.crt"), "no generation");
    Files.writeString(keys.resolve("booking-eu-g1.crt"), "another CA");
    Files.writeString(keys.resolve("booking-g1.crt.bak"), "no certificate");
    assertThat(files("test").read(BOOKING))
        .extracting(r -> r.ca().generation())
        .containsExactly(9, 10);
    assertThat(files("test").read(new CaRef("booking", "elsewhere"))).isEmpty();
  }

  @Test
  void nameThatWouldLeaveTheFolderIsRefused() {
    for (String name : List.of("../booking", "a/b", "/etc/booking", "", " ")) {
      var ca = new CaRef(name, "keys");
      assertThatThrownBy(() -> files("test").make(ca, 1, CA))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> files("test").read(ca)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(base).isEmptyDirectory();
  }

  @Test
  void strangerHasTheSameNameFromACaThatNobodyKnows() throws Exception {
    Certificate stranger = Certificate.of(files("test").stranger(LEAF).certificate());
    assertThat(stranger.subject().commonName()).contains("temporal-booking.sdvdw");
    assertThat(stranger.issuer().value()).isEqualTo("CN=newleaf stranger G1");
    assertThat(base).as("only in memory").isEmptyDirectory();
  }

  @Test
  void fileSystemsWithoutModesWorkAsWell() throws Exception {
    try (FileSystem unix = Jimfs.newFileSystem(Configuration.unix());
        FileSystem windows = Jimfs.newFileSystem(Configuration.windows())) {
      for (Path work : List.of(unix.getPath("/work"), windows.getPath("C:\\work"))) {
        CaReading made = files(work, PASSPHRASE, NOW).make(BOOKING, 1, CA);
        String pem = Files.readString(work.resolve("keys").resolve("booking-g1.key"));
        assertThat(PrivateKeys.matches(made.certificate(), opened(pem))).isTrue();
        assertThat(names(work.resolve("keys"))).containsExactly("booking-g1.crt", "booking-g1.key");
      }
      CaKeyFiles files = files(windows.getPath("C:\\work"), PASSPHRASE, NOW);
      assertThatThrownBy(() -> files.read(new CaRef("..\\booking", "keys")))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static PrivateKey opened(String pem) throws Exception {
    return EncryptedKey.parse(pem, PASSPHRASE.toCharArray());
  }

  private static void assertDamaged(ThrowingCallable act, Path file) {
    assertFails(act, Failure.Damaged.class, "NL2006").hasMessageContaining(file.toString());
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> assertFails(
      ThrowingCallable act, Class<? extends Failure> failure, String code) {
    return assertThatThrownBy(act)
        .isInstanceOfSatisfying(
            NewleafException.class, e -> assertThat(e.failure()).isInstanceOf(failure))
        .hasMessageContaining(code)
        .hasMessageNotContaining("PRIVATE KEY");
  }

  private String mode(String name) throws IOException {
    Path path = base.resolve("keys").resolve(name);
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }
}
