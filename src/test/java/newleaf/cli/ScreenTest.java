package newleaf.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScreenTest {
  private final FakeScreen terminal = new FakeScreen(20);
  private final Screen screen = new Screen(new PrintWriter(terminal));

  private void show(List<String> above, String... table) {
    screen.show(above, List.of(table), 20);
    assertThat(terminal.cursorIsAtTheEnd()).isTrue();
  }

  @Test
  void tableIsDrawnOverItselfBelowLinesThatStay() {
    show(List.of("before"), "one 1s", "two 1s");
    show(List.of(), "one 2s", "two 2s");
    assertThat(terminal.text()).isEqualTo("before\none 2s\ntwo 2s\n");
    show(List.of("one done, which is longer than a row"), "two 3s");
    assertThat(terminal.text())
        .isEqualTo("before\none done, which is l\nonger than a row\ntwo 3s\n");
    show(List.of("two done"));
    assertThat(terminal.text())
        .isEqualTo("before\none done, which is l\nonger than a row\ntwo done\n");
  }

  @Test
  void growingAndShrinkingTablesLeaveNothingBehind() {
    show(List.of(), "a long first row", "b", "c");
    show(List.of(), "short");
    assertThat(terminal.text()).isEqualTo("short\n");
    show(List.of(), "a", "b");
    show(List.of());
    assertThat(terminal.text()).isEmpty();
  }

  @Test
  void tableThatTheTerminalWrappedIsStillFound() {
    show(List.of("x"), "0123456789012345678", "second row");
    terminal.narrow(10);
    screen.show(List.of(), List.of("narrow"), 10);
    assertThat(terminal.text()).isEqualTo("x\nnarrow\n");
  }

  @Test
  void coloursTakeNoRoom() {
    show(List.of(), "\u001b[1;31m0123456789012345\u001b[0m");
    show(List.of(), "next");
    assertThat(terminal.text()).isEqualTo("next\n");
  }

  @Test
  void eachPictureIsOneWriteAndTheSameOneIsNone() {
    show(List.of("a", "b"), "one", "two");
    assertThat(terminal.writes()).isEqualTo(1);
    show(List.of(), "one", "two");
    assertThat(terminal.writes()).isEqualTo(1);
    show(List.of("c"), "one", "two");
    assertThat(terminal.writes()).isEqualTo(2);
  }

  @Test
  void withoutATableThereAreOnlyLines() {
    java.io.StringWriter plain = new java.io.StringWriter();
    Screen lines = new Screen(new PrintWriter(plain));
    lines.show(List.of("a"), List.of(), 20);
    lines.show(List.of("b", "c"), List.of(), 20);
    assertThat(plain).hasToString("a\nb\nc\n");
  }
}
