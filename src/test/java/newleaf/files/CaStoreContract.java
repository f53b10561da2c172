package newleaf.files;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import newleaf.apply.CaStore;
import newleaf.cert.CaProfile;
import newleaf.cert.KeyAlgorithm;
import newleaf.cert.Subject;
import newleaf.observed.CaRef;
import org.junit.jupiter.api.Test;

/// What every store for the files of CAs has to do.
public abstract class CaStoreContract {
  private static final CaRef CA = new CaRef("booking", "keys");

  /// A new way to the same store each time it is asked for; nothing is in it at first.
  protected abstract CaStore store();

  @Test
  void nothingIsThereAtFirst() throws IOException {
    assertThat(store().names()).isEmpty();
    assertThat(store().read("booking-g1.key")).isEmpty();
    assertThat(store().where("booking-g1.key")).contains("booking-g1.key");
  }

  @Test
  void whatWasWrittenIsReadAndTheRestIsKept() throws IOException {
    store().write("booking-g1.key", "a".getBytes(US_ASCII));
    store().write("booking-g1.crt", "b".getBytes(US_ASCII));
    store().write("booking-g1.key", "c".getBytes(US_ASCII));
    assertThat(store().names()).containsExactlyInAnyOrder("booking-g1.crt", "booking-g1.key");
    assertThat(store().read("booking-g1.key")).map(CaStoreContract::text).contains("c");
    assertThat(store().read("booking-g1.crt")).map(CaStoreContract::text).contains("b");
  }

  @Test
  void generationsOfACaAreMadeInItAndOpenedAgain() {
    Subject subject = new Subject("Booking CA", Optional.empty(), Optional.empty());
    CaProfile profile = new CaProfile(subject, KeyAlgorithm.EC_P256, Duration.ofDays(365));
    var made = keys().make(CA, 1, profile);
    assertThat(keys().make(CA, 1, profile)).isEqualTo(made);
    keys().renew(CA, 2, 1, Duration.ofDays(365));
    assertThat(keys().read(CA)).extracting(r -> r.ca().generation()).containsExactly(1, 2);
    assertThat(keys().held(CA, 2)).isTrue();
    assertThat(keys().held(CA, 3)).isFalse();
  }

  private static String text(byte[] content) {
    return new String(content, US_ASCII);
  }

  private CaKeyFiles keys() {
    return new CaKeyFiles(
        _ -> store(), _ -> "passphrase".toCharArray(), Clock.systemUTC(), new SecureRandom());
  }
}
