package newleaf.desired;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import newleaf.NewleafException;
import newleaf.Problem;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// People paste secrets where their place belongs.
class SecretsInYamlTest {
  private static final String SECRET = "tmprl-0123.hush";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cloud: {apiKey: tmprl-0123.hush}",
        "cloud: {apiKey: {env: tmprl-0123.hush}}",
        "cloud: {apiKey: {value: tmprl-0123.hush}}",
        "cloud: {apiKey: {tmprl-0123.hush}}",
        "cloud: {apiKey: [tmprl-0123.hush]}",
        "cloud:\n  apiKey:\n    tmprl-0123.hush",
        "cloud:\n  apiKey:\n    value: tmprl-0123.hush",
        "cloud:\n  apiKey:\n    env:\n      x: tmprl-0123.hush",
        "cloud: {adress: 'a:1', apiKey: tmprl-0123.hush}",
        "cloud: {api_key: tmprl-0123.hush}",
        "cloud: {apiKey: 'tmprl-0123.hush}",
      })
  void aSecretInTheFileIsRefusedAndNeverRepeated(String cloud) {
    String yaml = Booking.YAML + cloud + "\n";
    assertThat(Booking.problems(yaml).toString()).doesNotContain("hush");
    Assertions.assertThatThrownBy(() -> Booking.read(yaml))
        .isInstanceOfSatisfying(
            NewleafException.class, e -> assertThat(e.getMessage()).doesNotContain(SECRET));
  }

  @Test
  void theFixSaysWhereSecretsCanBeRead() {
    Problem key = Booking.problems(Booking.YAML + "cloud: {apiKey: abc}\n").getFirst();
    assertThat(key.where().toString()).isEqualTo("f.yaml:25:17");
    assertThat(key.code()).isEqualTo("NL1029");
    assertThat(key.fix())
        .isEqualTo("Write {env: NAME} or {file: PATH}; replace a secret that was written here.");
  }

  @Test
  void aPassphraseCanAlsoBePrompted() {
    for (String source : List.of("{env: P}", "{file: p.txt}", "{prompt: true}")) {
      String yaml = Booking.with("directory: keys", "directory: keys, passphrase: " + source);
      assertThat(Booking.read(yaml).cas().getFirst().passphrase().toString())
          .isIn("Env[name=P]", "File[path=p.txt]", "Prompt[]");
    }
    for (String wrong : List.of("{prompt: false}", "{}", "{env: P, file: q}", "{env: ''}", "~")) {
      String yaml = Booking.with("directory: keys", "directory: keys, passphrase: " + wrong);
      assertThat(Booking.places(Booking.problems(yaml))).as(wrong).containsExactly("8:41 NL1029");
    }
    assertThat(Booking.places(Booking.problems(Booking.YAML + "cloud: {apiKey: {prompt: true}}")))
        .containsExactly("25:17 NL1029");
  }
}
