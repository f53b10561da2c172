package newleaf.cert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.SecureRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncryptedKeyTest {
  private static final String PASSPHRASE = "hörse battery";
  private static final SecureRandom RANDOM = new SecureRandom();

  private static PrivateKey key;
  private static String pem;

  @BeforeAll
  static void encryptOnce() {
    key = PrivateKeys.generate(KeyAlgorithm.EC_P384, RANDOM);
    pem = EncryptedKey.toPem(key, PASSPHRASE.toCharArray(), RANDOM);
  }

  @Test
  void keyComesBackWithItsPassphraseAndOnlyThen() throws Exception {
    assertThat(pem).startsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----\n");
    char[] passphrase = PASSPHRASE.toCharArray();
    assertThat(PrivateKeys.toPkcs8(EncryptedKey.parse(pem, passphrase)))
        .isEqualTo(PrivateKeys.toPkcs8(key));
    assertThat(passphrase).as("clearing is the caller's act").isEqualTo(PASSPHRASE.toCharArray());
    assertThatThrownBy(() -> EncryptedKey.parse(pem, "horse battery".toCharArray()))
        .isInstanceOf(WrongPassphraseException.class)
        .hasMessageNotContaining("horse")
        .hasNoCause();
  }

  @Test
  void opensslOpensItAndNamesTheScheme(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("ca.key"), pem);
    String from = "env:" + OpenSsl.PASSPHRASE_VARIABLE;
    OpenSsl.Answer plain =
        OpenSsl.run(folder, PASSPHRASE, "pkey", "-in", "ca.key", "-passin", from);
    assertThat(plain.text()).isEqualTo(PrivateKeys.toPem(key));

    OpenSsl.Answer wrong = OpenSsl.run(folder, "other", "pkey", "-in", "ca.key", "-passin", from);
    assertThat(wrong.exitCode()).isNotZero();

    OpenSsl.Answer scheme = OpenSsl.run(folder, "", "asn1parse", "-in", "ca.key");
    assertThat(scheme.text())
        .contains("PBES2", "PBKDF2", ":0927C0", "hmacWithSHA256", "aes-256-cbc")
        .as("600000 is 0x0927C0");
  }

  @Test
  void keyEncryptedByOpensslOpens() throws Exception {
    PrivateKey opened =
        EncryptedKey.parse(TestFiles.text("openssl-default-encrypted.key"), "test".toCharArray());
    assertThat(PrivateKeys.toPem(opened)).isEqualTo(TestFiles.text("foreign-ca.key"));
  }

  @Test
  void everyWrongPassphraseIsCalledWrong() throws Exception {
    String fixed = TestFiles.text("openssl-default-encrypted.key");
    // 96 and 433 are of the one in 256 that yields a good padding, and then no key
    for (int number : new int[] {1, 2, 96, 433}) {
      assertThatThrownBy(() -> EncryptedKey.parse(fixed, ("guess" + number).toCharArray()))
          .isInstanceOf(WrongPassphraseException.class);
    }
  }

  @Test
  void whatIsNoSuchKeyIsRefusedWithASentence() throws Exception {
    String scrypt = TestFiles.text("scrypt-encrypted.key");
    assertThatThrownBy(() -> EncryptedKey.parse(scrypt, "test".toCharArray()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("another scheme");
    String clear = TestFiles.text("foreign-ca.key");
    assertThatThrownBy(() -> EncryptedKey.parse(clear, "test".toCharArray()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no PEM block");
    String torn = pem.replaceFirst("(?s)(KEY-----\n.{64}\n).*(\n-----END)", "$1$2");
    assertThatThrownBy(() -> EncryptedKey.parse(torn, "test".toCharArray()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the encrypted key is damaged.");
  }
}
