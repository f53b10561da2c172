package newleaf.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import newleaf.Explanation;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.apply.ApplyEvent;
import newleaf.plan.Gate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

class EventLogTest {
  private static final ApplyEvent EVENT =
      new ApplyEvent.GatePassed(
          new Gate.Acknowledgement("clients/ca/a-g1", List.of(), List.of(), List.of("x")));

  @TempDir Path folder;
  private final StringWriter err = new StringWriter();
  private final Terminal terminal =
      new Terminal(
          new PrintWriter(Writer.nullWriter()),
          new PrintWriter(err, true),
          Map.of(),
          Path.of("."),
          () -> Instant.parse("2026-11-24T00:00:00Z"),
          Optional.empty(),
          Optional.empty(),
          Optional::empty);

  @Test
  void firstLineIsTheVersionAndTheLastTheSummary() throws IOException {
    Path file = folder.resolve("events.jsonl");
    Files.writeString(file, "of an earlier run");
    try (EventLog log = EventLog.file(terminal, file)) {
      assertThat(log.begin("newleaf.yaml").during(() -> did(log))).isEqualTo(ExitCode.WAITING);
    }
    assertThat(Files.readAllLines(file))
        .containsExactly(
            "{\"kind\":\"version\",\"at\":\"2026-11-24T00:00:00Z\",\"ui\":\"1.0\","
                + "\"newleaf_version\":\"0.1.0\",\"file\":\"newleaf.yaml\"}",
            "{\"kind\":\"gate_pass\",\"at\":\"2026-11-24T00:00:00Z\",\"gate\":\"clients/ca/a-g1\"}",
            "{\"kind\":\"summary\",\"at\":\"2026-11-24T00:00:00Z\",\"exit\":3,\"done\":0,\"of\":0,"
                + "\"failed\":[],\"held_back\":[],\"waiting\":[],\"took\":\"PT0S\"}");
    assertThat(err.toString()).isEmpty();
  }

  private static ExitCode did(EventLog log) {
    log.accept(EVENT);
    return ExitCode.WAITING;
  }

  @Test
  void failureOfTheRunIsADiagnosticBeforeTheSummary() {
    List<String> lines = new ArrayList<>();
    EventLog log = new EventLog(terminal, "x", lines::add);
    assertThatThrownBy(() ->
            log.during(() -> {
              throw new NewleafException(
                  new Failure.LockHeld(new Explanation("NL4001", "lock", "is held.", "Wait.")));
            }))
        .hasMessageContaining("NL4001");
    assertThat(lines).hasSize(2);
    assertThat(lines.getFirst()).contains("\"diagnostic\"", "\"code\":\"NL4001\"", "\"step\":null");
    assertThat(lines.getLast()).contains("\"summary\"", "\"exit\":5");
  }

  @Test
  void fileThatCanNotBeWrittenIsAnErrorBeforeAnything() {
    assertThatThrownBy(() -> EventLog.file(terminal, folder.resolve("no/events.jsonl")))
        .hasMessageContaining("NL7502");
  }

  static boolean deviceThatIsFull() {
    return Files.isWritable(Path.of("/dev/full"));
  }

  @Test
  @EnabledIf("deviceThatIsFull")
  void diskThatIsFullFromTheBeginningIsAnErrorBeforeAnything() {
    EventLog log = EventLog.file(terminal, Path.of("/dev/full"));
    assertThatThrownBy(() -> log.begin("newleaf.yaml")).hasMessageContaining("NL7502");
  }

  @Test
  void diskThatBecomesFullIsToldOnceAndTheApplyGoesOn() {
    List<String> lines = new ArrayList<>();
    EventLog log =
        new EventLog(
            terminal,
            "events.jsonl",
            line -> {
              if (lines.size() == 2) {
                throw new IOException("No space left on device");
              }
              lines.add(line);
            });
    ExitCode exit =
        log.begin("newleaf.yaml")
            .during(() -> {
              log.accept(EVENT);
              log.accept(EVENT);
              log.accept(EVENT);
              return ExitCode.OK;
            });
    assertThat(exit).isEqualTo(ExitCode.OK);
    assertThat(lines).hasSize(2);
    assertThat(err)
        .hasToString(
            "Events can not be written to events.jsonl any more (No space left on device); the apply"
                + " goes on without."
                + System.lineSeparator());
  }

  @Test
  void readerOfStdoutThatGoesAwayIsToldOnce() {
    Writer closed =
        new Writer() {
          @Override
          public void write(char[] text, int from, int length) throws IOException {
            throw new IOException("Broken pipe");
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    EventLog log = EventLog.printed(terminal, new PrintWriter(closed));
    log.accept(EVENT);
    log.accept(EVENT);
    assertThat(err.toString()).contains("to stdout any more").hasLineCount(1);
  }

  @Test
  void linesOfManyThreadsStayWhole() throws InterruptedException, IOException {
    Path file = folder.resolve("events.jsonl");
    try (EventLog log = EventLog.file(terminal, file)) {
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        threads.add(Thread.startVirtualThread(() -> log.accept(EVENT)));
      }
      for (Thread thread : threads) {
        thread.join();
      }
    }
    assertThat(Files.readAllLines(file)).hasSize(50).containsOnly(Files.readAllLines(file).get(0));
  }
}
