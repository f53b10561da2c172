package newleaf.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import newleaf.cert.KeyAlgorithm;
import newleaf.cert.LeafProfile;
import newleaf.cert.Subject;
import newleaf.observed.LeafPlace;
import org.junit.jupiter.api.Test;

class FreshKeysTest {
  private static final LeafProfile PROFILE =
      new LeafProfile(
          new Subject("worker", Optional.empty(), Optional.empty()),
          KeyAlgorithm.EC_P256,
          Duration.ofDays(30),
          List.of());

  private static final LeafPlace PLACE = new LeafPlace.Secret("a", "tls");

  private Instant now = Instant.parse("2026-09-14T03:00:00Z");
  private final FreshKeys keys = new FreshKeys("newleaf-eu1-1", () -> now);

  @Test
  void keyIsThereUntilItIsDropped() {
    ClusterAnswer.MadeKey made = keys.make(PLACE, PROFILE);
    assertThat(made.key().taskQueue()).isEqualTo("newleaf-eu1-1");
    assertThat(made.request().keyFor(PROFILE).getAlgorithm()).isEqualTo("EC");
    FreshKeys.Fresh found = keys.find(made.key()).orElseThrow();
    assertThat(found.key().getAlgorithm()).isEqualTo("EC");
    assertThat(found.place()).isEqualTo(PLACE);
    keys.drop(made.key());
    assertThat(keys.find(made.key())).isEmpty();
  }

  @Test
  void keyThatNobodyUsesIsForgottenAfterAnHour() {
    KeyName.Made made = keys.make(PLACE, PROFILE).key();
    now = now.plus(FreshKeys.KEPT);
    assertThat(keys.find(made)).isPresent();
    now = now.plusSeconds(1);
    assertThat(keys.find(made)).isEmpty();
  }

  @Test
  void ofMoreThanAThousandTheFirstIsForgotten() {
    KeyName.Made first = keys.make(PLACE, PROFILE).key();
    KeyName.Made second = keys.make(PLACE, PROFILE).key();
    Set<String> ids = new HashSet<>();
    for (int i = 1; i < FreshKeys.AT_MOST; i++) {
      ids.add(keys.make(PLACE, PROFILE).key().id());
    }
    assertThat(ids).hasSize(FreshKeys.AT_MOST - 1);
    assertThat(keys.find(first)).isEmpty();
    assertThat(keys.find(second)).isPresent();
  }
}
