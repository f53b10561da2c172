package newleaf.cert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SigningRequestTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Subject SUBJECT =
      new Subject("temporal-booking.sdvdw", Optional.of("Temporal"), Optional.empty());

  @TempDir private Path folder;

  private static LeafProfile profile(KeyAlgorithm key) {
    return new LeafProfile(SUBJECT, key, Duration.ofDays(30), List.of());
  }

  @ParameterizedTest
  @EnumSource
  void keyOfEachTypeIsAskedForWithAProofThatItIsThere(KeyAlgorithm algorithm) {
    KeyPair keys = PrivateKeys.generatePair(algorithm, RANDOM);
    SigningRequest request = SigningRequest.of(SUBJECT, keys);
    assertThat(request.keyFor(profile(algorithm))).isEqualTo(keys.getPublic());
    assertThat(new SigningRequest(request.value()).keyFor(profile(algorithm)))
        .isEqualTo(keys.getPublic());
  }

  @Test
  void opensslVerifiesIt() throws Exception {
    KeyPair keys = PrivateKeys.generatePair(KeyAlgorithm.EC_P256, RANDOM);
    Path der = folder.resolve("request.der");
    Files.write(der, Base64.getDecoder().decode(SigningRequest.of(SUBJECT, keys).value()));
    OpenSsl.Answer answer =
        OpenSsl.run(
            folder, "", "req", "-in", der.toString(), "-inform", "DER", "-verify", "-noout");
    assertThat(answer.exitCode()).as(answer.text()).isZero();
  }

  @Test
  void keyOfAnotherTypeIsRefused() {
    var request =
        SigningRequest.of(SUBJECT, PrivateKeys.generatePair(KeyAlgorithm.EC_P384, RANDOM));
    assertThatThrownBy(() -> request.keyFor(profile(KeyAlgorithm.EC_P256)))
        .hasMessage("is for a key of type ec-p384, but ec-p256 is asked for");
    assertThatThrownBy(() -> request.keyFor(profile(KeyAlgorithm.RSA_2048)))
        .hasMessageContaining("rsa-2048 is asked for");
  }

  @Test
  void keyOfSomebodyElseIsRefused() {
    KeyPair mine = PrivateKeys.generatePair(KeyAlgorithm.EC_P256, RANDOM);
    KeyPair theirs = PrivateKeys.generatePair(KeyAlgorithm.EC_P256, RANDOM);
    var request = SigningRequest.of(SUBJECT, new KeyPair(theirs.getPublic(), mine.getPrivate()));
    assertThatThrownBy(() -> request.keyFor(profile(KeyAlgorithm.EC_P256)))
        .hasMessage("is not signed with the key that it is for");
  }

  @Test
  void whatIsNoRequestIsRefusedWithoutItsContent() {
    for (String value : List.of("", "%%%", "bm90IGEgcmVxdWVzdA==", "MAA=")) {
      assertThatThrownBy(() -> new SigningRequest(value).keyFor(profile(KeyAlgorithm.EC_P256)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("can not be read");
    }
  }
}
