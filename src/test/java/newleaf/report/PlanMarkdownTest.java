package newleaf.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import newleaf.Explanation;
import newleaf.plan.Action;
import newleaf.plan.Blocker;
import newleaf.plan.Plan;
import newleaf.plan.Reason;
import newleaf.plan.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A comment on a pull request: it says the truth whatever names are in it, and always fits.
class PlanMarkdownTest {
  private static final String HARMLESS = "temporal-booking";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a|b|c",
        "\\|a\\\\|b",
        "a\nb\r\n\n# c\n",
        "`a``b```c",
        "~~~\n```\n",
        "<script>alert(1)</script>",
        "<details><summary>x",
        "</details></sub>",
        "[a](http://e.com)",
        "![a](http://e.com/x.png)",
        "<http://e.com>",
        "http://e.com www.e.com a@e.com",
        "@octocat please #1 GH-1",
        "--> <!-- -->",
        "<!-- newleaf:plan:prod -->",
        "\u202eevil\u2066\u200b",
        "**a** _b_ ~~c~~",
        "[x]: http://e.com",
        "&lt;b&gt; &#64;octocat",
        "$a^2$ :smile:",
        "\\",
        "> [!CAUTION]",
        "- [ ] a",
        "| --- |",
        "\u0000\u001b[31m",
        "a'b\"c",
      })
  void hostileNamesNeverChangeTheStructure(String hostile) {
    Rendered normal = Rendered.of(markdown(HARMLESS));
    String text = markdown(hostile);
    Rendered rendered = Rendered.of(text);
    assertThat(rendered.cells).isEqualTo(normal.cells).isNotEmpty();
    assertThat(rendered.kinds).isEqualTo(normal.kinds);
    assertThat(rendered.headings).isEqualTo(1);
    assertThat(rendered.links).isEmpty();
    assertThat(tail(rendered.html)).isEqualTo(tail(normal.html));
    assertThat(rendered.html.getFirst())
        .matches("<!-- newleaf:plan:[A-Za-z0-9._/%-]+ -->")
        .isEqualTo(text.lines().findFirst().orElseThrow());
    assertThat(rendered.words).doesNotContain("@", "#1", "http:", "www.");
    assertThat(text.codePoints()).noneMatch(c -> c == 0x202e || c == 0x2066 || c == 0x200b);
  }

  private static List<String> tail(List<String> html) {
    return html.subList(1, html.size());
  }

  private static String markdown(String name) {
    return PlanMarkdown.of(new Samples(name).plan(), name);
  }

  @Test
  void randomNamesNeverChangeTheStructure() {
    SplittableRandom random = new SplittableRandom(20261124);
    String pieces = "|`\\<>[]()!*_~#@&:;-=+\n\t \"'$^{}/.aA1\u202e\u00e9\u4e2d";
    Rendered normal = Rendered.of(markdown(HARMLESS));
    for (int i = 0; i < 500; i++) {
      StringBuilder name = new StringBuilder("x");
      random
          .ints(1 + random.nextInt(12), 0, pieces.length())
          .forEach(c -> name.append(pieces.charAt(c)));
      Rendered rendered = Rendered.of(markdown(name.toString()));
      assertThat(rendered.cells).as(name.toString()).isEqualTo(normal.cells);
      assertThat(rendered.kinds).as(name.toString()).isEqualTo(normal.kinds);
      assertThat(rendered.links).as(name.toString()).isEmpty();
      assertThat(tail(rendered.html)).as(name.toString()).isEqualTo(tail(normal.html));
    }
  }

  @Test
  void namesThatDifferHaveMarkersThatDiffer() {
    List<String> names =
        List.of("a", "a-", "a--", "a-->", "a%2d", "a-%2d", "a b", "a\nb", "\u00e9", "e");
    assertThat(names.stream().map(Markdown::marker)).doesNotHaveDuplicates();
    assertThat(names.stream().map(Markdown::marker))
        .allMatch(m -> m.matches("<!-- newleaf:plan:[A-Za-z0-9._/%-]+ -->\n"))
        .allMatch(m -> m.indexOf("--", 4) == m.length() - 4);
    assertThat(Markdown.marker("prod")).isEqualTo("<!-- newleaf:plan:prod -->\n");
  }

  @Test
  void smallPlanHasEverything() {
    String text = PlanMarkdown.of(new Fleet(3, true, "CN=Acme Root").plan(), "prod");
    assertThat(text)
        .startsWith("<!-- newleaf:plan:prod -->\n### newleaf plan: `prod`, **13 steps, 1 gate**\n")
        .contains("Next due: `ca/fleet-g2`, now.")
        .contains(
            "| `~` | s2 | `namespace/ns001.sdvdw` | trust bundle 2 -> 3 CAs, adds `ca/fleet-g2` |")
        .contains("**drops** `ca/fleet-g1` `1f3d5b79`")
        .contains("> [!WARNING]\n> `s11-s13` removes trust")
        .contains("<details><summary>Full plan (")
        .contains("-accepts ca/fleet-g1  CN=Fleet CA G1,O=Temporal  1f3d5b79  until 2027-01-03")
        .contains("+accepts ca/fleet-g2  CN=Fleet CA G2,O=Temporal  known after issue")
        .contains("--expect sha256:")
        .doesNotContain("[!CAUTION]", "left out");
  }

  @Test
  void moreThanTwentyAlikeAreOneRowAndOneDiff() {
    String text = PlanMarkdown.of(new Fleet(30, true, "CN=Acme Root").plan(), "prod");
    assertThat(text)
        .contains("| `~` | s2-s31 | same change on 30 namespaces | trust bundle 2 -> 3 CAs")
        .contains("+++ namespace/ns001.sdvdw and 29 more alike (planned)")
        .contains("| each after its own of s32-s61 |");
    assertThat(Rendered.of(text).cells).hasSize(1 + 5).containsOnly(5);
  }

  @Test
  void blockersAreCautions() {
    String text = markdown(HARMLESS);
    assertThat(text)
        .contains("> [!CAUTION]\n> **This plan can not be applied as things are.**")
        .contains("`NL5002` `namespace/temporal-booking`: is busy\\. Wait\\.")
        .contains("**The CA has expired: nobody can connect, so nothing is waited for.**")
        .contains("no worker of it runs in between");
  }

  @Test
  void blockersBeyondTwentyAreCounted() {
    Blocker busy = new Blocker(new Explanation("NL5002", "namespace/a", "is busy.", "Wait."));
    for (int blockers : new int[] {20, 21, 30}) {
      Plan plan =
          Plans.of(List.of(), List.of(), Optional.empty(), Collections.nCopies(blockers, busy));
      String text = PlanMarkdown.of(plan, "prod");
      assertThat(text.lines().filter(l -> l.contains("NL5002"))).hasSize(20);
      assertThat(text.contains("> and " + (blockers - 20) + " more")).isEqualTo(blockers > 20);
    }
  }

  @Test
  void emptyPlanIsShort() {
    assertThat(PlanMarkdown.of(Plans.empty(Optional.empty()), "prod").lines())
        .startsWith(
            "<!-- newleaf:plan:prod -->",
            "### newleaf plan: `prod`, **no changes**",
            "",
            "Next due: nothing that newleaf knows of.")
        .hasSizeLessThan(8);
  }

  @Test
  void tooLongACommentLosesItsDiffThenItsTextThenItsStepsAndSaysSo() {
    List<String> lost = new ArrayList<>();
    for (int namespaces : new int[] {24, 27, 30, 33, 36, 39, 45, 60, 300}) {
      String text = PlanMarkdown.of(new Fleet(namespaces, false, "CN=Acme %s").plan(), "prod");
      assertThat(text).hasSizeLessThanOrEqualTo(PlanMarkdown.LIMIT).contains("digest `sha256:");
      lost.add(
          text.lines()
              .filter(l -> l.contains("left out"))
              .map(l -> l.replaceAll(".*so much: (.*) (is|are) left out.*", "$1"))
              .findFirst()
              .orElse("nothing"));
    }
    assertThat(lost.stream().distinct())
        .containsExactly(
            "nothing",
            "the diff of certificates and filters",
            "the full text and the diff",
            "the steps, the full text and the diff");
    assertThat(PlanMarkdown.of(new Fleet(300, false, "CN=Acme %s").plan(), "prod"))
        .contains("All of it: `newleaf plan -f fleet.yaml`");
  }

  @Test
  void largestPlanStillFits() {
    Action action = Samples.NORMAL.actions().getFirst();
    String endless = "x".repeat(1_000);
    List<Step> steps =
        IntStream.rangeClosed(1, 1_000)
            .mapToObj(i -> Samples.step("s" + i, endless + i, action, new Reason.Missing()))
            .toList();
    String text = PlanMarkdown.of(Plans.of(steps, List.of(), Optional.empty()), endless);
    assertThat(text)
        .hasSizeLessThanOrEqualTo(PlanMarkdown.LIMIT)
        .contains("the rotations, the steps, the full text and the diff are left out");
    assertThat(Rendered.of(text).headings).isEqualTo(1);
    Plan blocked = new Samples(endless).plan(Collections.nCopies(30, steps.getFirst()), List.of());
    assertThat(PlanMarkdown.of(blocked, endless)).hasSizeLessThanOrEqualTo(PlanMarkdown.LIMIT);
  }

  @Test
  void textKeepsWhatItSays() {
    Explanation plain = new Explanation("NL1", "w", "is at v1.2 (a_b), 3 > 2.", "Run: x");
    assertThat(Rendered.of(Markdown.text(plain.what())).words.toString().replace("\n", ""))
        .isEqualTo("is at v1.2 (a_b), 3 > 2.");
  }
}
