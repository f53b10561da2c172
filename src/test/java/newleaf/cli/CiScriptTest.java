package newleaf.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import newleaf.json.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The script that carries results to pull requests and issues, run by a real bash against a server
/// that keeps comments as GitHub and GitLab do. What newleaf answers is given here, since only the
/// carrying is looked at.
final class CiScriptTest {
  private static final Path SCRIPT =
      Path.of("src/main/resources/newleaf/ci/newleaf-ci.sh").toAbsolutePath();
  private static final String TOKEN = "token-of-the-pipeline";
  private static final String BOT = "github-actions[bot]";
  private static final String PLAN_MARK = "<!-- newleaf:plan:newleaf -->\n";
  private static final String DRIFT_MARK = "<!-- newleaf:drift:newleaf -->\n";

  record User(String login, String username) {}

  /// GitHub names who wrote it `user`, GitLab `author`.
  record Note(
      long id,
      long number,
      long iid,
      String body,
      String description,
      Optional<User> user,
      Optional<User> author) {}

  @TempDir Path folder;
  private HttpServer server;
  private final List<String> calls = new ArrayList<>();
  private final List<String> bodies = new ArrayList<>();
  private final List<Note> notes = new ArrayList<>();
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void start() throws IOException {
    assumeThat(
            Stream.of("bash", "jq", "curl")
                .allMatch(tool -> Files.exists(Path.of("/usr/bin", tool))))
        .isTrue();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    environment.put("NEWLEAF_CI_TOKEN", TOKEN);
    environment.put("NEWLEAF_BIN", folder.resolve("newleaf").toString());
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.stop(0);
    }
  }

  private void answer(HttpExchange call) throws IOException {
    try (call) {
      String body = new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      calls.add(call.getRequestMethod() + " " + call.getRequestURI().getPath());
      bodies.add(body);
      boolean known =
          ("Bearer " + TOKEN).equals(call.getRequestHeaders().getFirst("Authorization"))
              || TOKEN.equals(call.getRequestHeaders().getFirst("PRIVATE-TOKEN"));
      String answer = call.getRequestMethod().equals("GET") ? page(call) : "{}";
      byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
      call.sendResponseHeaders(known ? 200 : 401, bytes.length);
      call.getResponseBody().write(bytes);
    }
  }

  private String page(HttpExchange call) {
    int page = Integer.parseInt(call.getRequestURI().getQuery().replaceAll(".*[?&]page=", ""));
    return Json.line(notes.stream().skip((page - 1) * 100L).limit(100).toList());
  }

  private void github() throws IOException {
    environment.put("GITHUB_ACTIONS", "true");
    environment.put("GITHUB_API_URL", address());
    environment.put("GITHUB_REPOSITORY", "acme/infra");
    environment.put("GITHUB_STEP_SUMMARY", folder.resolve("summary.md").toString());
    environment.put("GITHUB_OUTPUT", folder.resolve("output").toString());
    Path event = folder.resolve("event.json");
    Files.writeString(event, "{\"pull_request\": {\"number\": 7}}");
    environment.put("GITHUB_EVENT_PATH", event.toString());
  }

  private void gitlab() {
    environment.put("GITLAB_CI", "true");
    environment.put("CI_API_V4_URL", address());
    environment.put("CI_PROJECT_ID", "42");
    environment.put("CI_MERGE_REQUEST_IID", "7");
    environment.put("NEWLEAF_CI_USER", "newleaf-bot");
  }

  private String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void note(long id, String body, String user) {
    Optional<User> who = Optional.of(new User(user, user));
    boolean gitlab = environment.containsKey("GITLAB_CI");
    notes.add(new Note(id, id, id, body, body, who.filter(_ -> !gitlab), who.filter(_ -> gitlab)));
  }

  /// @param markdown what newleaf writes
  private Captured run(int status, String markdown, String... command) throws Exception {
    Files.writeString(folder.resolve("given.md"), markdown);
    Files.writeString(folder.resolve("given.json"), "{\"digest\": \"sha256:5c\"}");
    Path newleaf = folder.resolve("newleaf");
    Files.writeString(
        newleaf,
        """
        #!/bin/sh
        echo "$@" >> called
        case $1 in
          plan) cp given.md newleaf-plan.md; cp given.json newleaf-plan.json ;;
          drift) cat given.md ;;
        esac
        exit %d
        """
            .formatted(status));
    Files.setPosixFilePermissions(newleaf, PosixFilePermissions.fromString("rwxr-xr-x"));
    List<String> line = new ArrayList<>(List.of("/usr/bin/bash", SCRIPT.toString()));
    line.addAll(List.of(command));
    ProcessBuilder process = new ProcessBuilder(line).directory(folder.toFile());
    process.environment().putAll(environment);
    process.redirectOutput(folder.resolve("out").toFile());
    process.redirectError(folder.resolve("err").toFile());
    Process running = process.start();
    assertThat(running.waitFor(60, TimeUnit.SECONDS)).isTrue();
    Captured captured =
        new Captured(
            running.exitValue(),
            Files.readString(folder.resolve("out")),
            Files.readString(folder.resolve("err")));
    assertThat(captured.all()).doesNotContain(TOKEN);
    return captured;
  }

  @Test
  void firstPlanIsCommentedAndTheNextUpdatesThatComment() throws Exception {
    github();
    Captured first = run(2, PLAN_MARK + "one \"step\"", "plan");
    assertThat(first.exit()).as(first.all()).isZero();
    assertThat(calls)
        .containsExactly(
            "GET /repos/acme/infra/issues/7/comments", "POST /repos/acme/infra/issues/7/comments");
    assertThat(bodies.getLast()).contains(Json.line(PLAN_MARK + "one \"step\""));
    assertThat(folder.resolve("output")).content().contains("digest=sha256:5c\n", "changes=true\n");
    assertThat(folder.resolve("summary.md")).content().startsWith(PLAN_MARK);

    note(4711, PLAN_MARK + "one step", BOT);
    assertThat(run(0, PLAN_MARK + "none", "plan").exit()).isZero();
    assertThat(calls.getLast()).isEqualTo("PATCH /repos/acme/infra/issues/comments/4711");
    assertThat(folder.resolve("output")).content().endsWith("changes=false\n");
  }

  @Test
  void commentIsFoundOnTheSecondPageAndOnlyIfOurs() throws Exception {
    github();
    note(1, PLAN_MARK + "of a joker", "joker");
    for (int i = 2; i <= 130; i++) {
      note(i, "text " + i, "ann");
    }
    note(131, "<!-- newleaf:plan:other -->", BOT);
    note(132, PLAN_MARK, BOT);
    assertThat(run(3, PLAN_MARK, "plan").exit()).isZero();
    assertThat(calls.getLast()).isEqualTo("PATCH /repos/acme/infra/issues/comments/132");
  }

  @Test
  void planThatCanNotBeAppliedIsShownAndFailsTheJob() throws Exception {
    github();
    assertThat(run(7, PLAN_MARK, "plan").exit()).isEqualTo(7);
    assertThat(calls.getLast()).startsWith("POST");
  }

  @Test
  void errorOfNewleafIsTheErrorOfTheJobAndNothingIsPosted() throws Exception {
    github();
    assertThat(run(8, PLAN_MARK, "plan").exit()).isEqualTo(8);
    assertThat(run(1, "", "drift").exit()).isEqualTo(1);
    assertThat(calls).isEmpty();
  }

  @Test
  void refusedTokenFailsTheJob() throws Exception {
    github();
    environment.put("NEWLEAF_CI_TOKEN", "another");
    assertThat(run(2, PLAN_MARK, "plan").exit()).isNotZero();
  }

  @Test
  void withoutATokenNothingIsPosted() throws Exception {
    github();
    environment.put("NEWLEAF_CI_TOKEN", "");
    assertThat(run(2, PLAN_MARK, "plan").exit()).isZero();
    assertThat(calls).isEmpty();
  }

  @Test
  void waitingAtAGateIsSuccess() throws Exception {
    github();
    assertThat(run(3, "", "apply").exit()).isZero();
    assertThat(folder.resolve("output")).content().contains("waiting=true");
    assertThat(run(0, "", "rotate").exit()).isZero();
    assertThat(run(6, "", "rotate").exit()).isEqualTo(6);
    assertThat(folder.resolve("called"))
        .content()
        .contains(
            "apply newleaf-plan.json --until gate --detailed-exitcode\n",
            "apply --continue --until gate --detailed-exitcode\n");
  }

  @Test
  void driftKeepsOneIssueAndClosesItWhenAllIsWell() throws Exception {
    github();
    assertThat(run(10, DRIFT_MARK + "a CA ends", "drift").exit()).isEqualTo(10);
    assertThat(calls.getLast()).isEqualTo("POST /repos/acme/infra/issues");
    assertThat(bodies.getLast()).contains("newleaf: drift of newleaf", "a CA ends");
    note(12, DRIFT_MARK, BOT);
    assertThat(run(2, DRIFT_MARK, "drift").exit()).isEqualTo(2);
    assertThat(calls.getLast()).isEqualTo("PATCH /repos/acme/infra/issues/12");
    assertThat(run(0, "", "drift").exit()).isZero();
    assertThat(calls.getLast()).isEqualTo("PATCH /repos/acme/infra/issues/12");
    assertThat(bodies.getLast()).contains("closed");
    notes.clear();
    assertThat(run(0, "", "drift").exit()).isZero();
    assertThat(calls.getLast()).startsWith("GET");
  }

  @Test
  void gitlabHasTheSame() throws Exception {
    gitlab();
    assertThat(run(2, PLAN_MARK, "plan").exit()).isZero();
    assertThat(calls.getLast()).isEqualTo("POST /projects/42/merge_requests/7/notes");
    note(9, PLAN_MARK, "newleaf-bot");
    assertThat(run(2, PLAN_MARK, "plan").exit()).isZero();
    assertThat(calls.getLast()).isEqualTo("PUT /projects/42/merge_requests/7/notes/9");
    notes.clear();
    assertThat(run(2, DRIFT_MARK, "drift").exit()).isEqualTo(2);
    assertThat(bodies.getLast()).contains("\"description\"");
    note(3, DRIFT_MARK, "newleaf-bot");
    assertThat(run(0, "", "drift").exit()).isZero();
    assertThat(calls.getLast()).isEqualTo("PUT /projects/42/issues/3");
    assertThat(bodies.getLast()).contains("\"close\"");
  }

  @Test
  void unknownJobIsAUsageError() throws Exception {
    assertThat(run(0, "", "destroy").exit()).isEqualTo(64);
  }
}
