package newleaf.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import org.junit.jupiter.api.Test;

class WordsTest {
  @Test
  void controlAndDirectionMarksAreEscaped() {
    assertThat(Words.of("a\u001b[31m\r\n\tb\u202e")).isEqualTo("a\\u{1b}[31m\\r\\n\\tb\\u{202e}");
  }

  @Test
  void longTextIsCutBetweenCharacters() {
    assertThat(Words.of("\ud840\udc00".repeat(700))).isEqualTo("\ud840\udc00".repeat(600) + "...");
    assertThat(Words.of("x".repeat(600))).hasSize(600);
  }

  @Test
  void deepestCauseIsTold() {
    Throwable root = new java.net.ConnectException("refused");
    Throwable error =
        Status.UNAVAILABLE
            .withDescription("io exception")
            .withCause(new IllegalStateException("between", root))
            .asRuntimeException();
    assertThat(Words.of(error)).isEqualTo("UNAVAILABLE: io exception (refused)");
  }

  @Test
  void ringOfCausesEnds() {
    Exception a = new Exception("a");
    Exception b = new Exception("b", a);
    a.initCause(b);
    assertThat(Words.causes(a)).hasSize(20);
  }
}
