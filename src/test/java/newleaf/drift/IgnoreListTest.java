package newleaf.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import newleaf.NewleafException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IgnoreListTest {
  @ParameterizedTest
  @CsvSource({
    "namespace/x.acct, namespace/x.acct, true",
    "namespace/x.acct, namespace/xyacct, false",
    "namespace/x.acct, namespace/x.acct2, false",
    "namespace/*.acct, namespace/any.acct, true",
    "secret/*/tls, secret/booking/tls, true",
    "secret/*/tls, secret/a/b/tls, false",
    "secret/**, secret/a/b/tls, true",
    "secret/a/*, secret/a/tls@eu1, true",
    "secret/a/tls, secret/a/tls@eu1, false",
    "deployment/*/*@eu1, deployment/a/b@eu1, true",
    "directory//var/**, directory//var/certs/x, true",
    "**, deployment/a/b, true",
    "*/x-g1, ca/x-g1, true",
    "ca/*-g1, ca/booking-g1, true",
  })
  void addressesAndGlobs(String pattern, String address, boolean matches) {
    assertThat(IgnoreList.parse("f", List.of(pattern)).matches(address)).isEqualTo(matches);
  }

  @Test
  void commentsAndBlankLinesAreNothing() {
    IgnoreList list = IgnoreList.parse("f", List.of("", "  ", "# a", "ca/x-g1   # of ann", "\t#"));
    assertThat(list.patterns()).hasSize(1);
    assertThat(list.matches("ca/x-g1")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"namespaces/x", "x.acct", "secret", "..", "[a-z]+"})
  void whatCanMatchNothingIsRefusedWithItsLine(String pattern) {
    assertThatThrownBy(() -> IgnoreList.parse("ignore.txt", List.of("# first", pattern)))
        .isInstanceOfSatisfying(
            NewleafException.class,
            e -> assertThat(e.failure().line()).contains("NL7501 ", "ignore.txt:2", pattern));
  }
}
