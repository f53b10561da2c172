package newleaf.report;

import java.util.List;
import java.util.stream.Collectors;
import newleaf.drift.Drift;
import newleaf.drift.Found;
import newleaf.drift.Sighting;

/// What a check found, for an issue that is updated in place: it is found again by its first line.
/// At most 60,000 characters; GitHub takes 65,536.
public final class DriftMarkdown {
  private static final int LONGEST = 60_000;

  private final Drift drift;
  private final StringBuilder out = new StringBuilder();

  private DriftMarkdown(Drift drift) {
    this.drift = drift;
  }

  /// @param name tells this issue from those of other files
  public static String of(Drift drift, String name) {
    DriftMarkdown markdown = new DriftMarkdown(drift);
    markdown.head(name);
    markdown.findings();
    markdown.atRisk();
    markdown.foot();
    return markdown.out.toString();
  }

  private void head(String name) {
    line("<!-- newleaf:drift:%s -->".formatted(marker(name)));
    line("### newleaf drift: " + Markdown.text(name));
    line("");
    line("**" + Markdown.text(verdict()) + "** " + Markdown.text(DriftText.looked(drift)));
    for (String note : DriftText.notes(drift)) {
      line("");
      line("> " + Markdown.text(note));
    }
  }

  private String verdict() {
    if (!drift.isQuiet()) {
      return DriftText.summary(drift);
    }
    return drift.measure() == Drift.Measure.SNAPSHOT ? "No drift." : "Nothing to report.";
  }

  /// `--` would end the comment.
  private static String marker(String name) {
    return name.replaceAll("[^A-Za-z0-9._-]", "_").replaceAll("-+", "-");
  }

  private void findings() {
    if (drift.findings().isEmpty()) {
      return;
    }
    line("");
    line("| resource | what | before | after | since |");
    line("|---|---|---|---|---|");
    int left = drift.findings().size();
    for (Found found : drift.findings()) {
      if (out.length() > LONGEST * 2 / 3) {
        line("");
        line("and %d more; see the log of the run.".formatted(left));
        return;
      }
      row(found);
      left--;
    }
    line("");
    drift.findings().stream().limit(20).forEach(this::details);
  }

  private void row(Found found) {
    DriftStory story = DriftStory.of(found.finding());
    line(
        "| %s | %s | %s | %s | %s |"
            .formatted(
                Markdown.code(cut(found.finding().address(), 300)),
                Markdown.text(story.title()),
                side(story.before()),
                side(story.after()),
                Markdown.text(Words.time(found.after()))));
  }

  private void details(Found found) {
    DriftStory story = DriftStory.of(found.finding());
    String todo =
        Markdown.text(story.why())
            + "\n\n**Do:** "
            + Markdown.text(story.next())
            + "\n\n**Meant?** "
            + Markdown.text(DriftText.accept(found))
            + "\n";
    String summary = cut(found.finding().address(), 300) + " " + story.title();
    String block = Markdown.details(summary, todo);
    if (out.length() + block.length() < LONGEST * 5 / 6) {
      out.append(block);
    }
  }

  private static String side(DriftSide side) {
    List<String> lines = side.lines();
    String shown =
        lines.stream()
            .limit(5)
            .map(l -> Markdown.text(cut(l, 300)))
            .collect(Collectors.joining("<br>"));
    return lines.size() > 5 ? shown + "<br>and " + (lines.size() - 5) + " more" : shown;
  }

  private void atRisk() {
    if (drift.atRisk().isEmpty()) {
      return;
    }
    line("");
    line("| at risk | certificate | ends |");
    line("|---|---|---|");
    int left = drift.atRisk().size();
    for (Sighting sighting : drift.atRisk()) {
      if (out.length() > LONGEST * 11 / 12) {
        line("");
        line("and %d more; see the log of the run.".formatted(left));
        return;
      }
      line(
          "| %s | %s | %s |"
              .formatted(
                  Markdown.code(cut(sighting.address(), 300)),
                  Markdown.text(cut(DriftSide.line(sighting.certificate()), 300)),
                  Markdown.text(DriftText.ending(sighting, drift.asOf()))));
      left--;
    }
  }

  private void foot() {
    line("");
    line(
        "<sub>%s%s</sub>"
            .formatted(
                Markdown.text("As of " + Words.time(drift.asOf()) + "."),
                Markdown.text(DriftText.next(drift))));
  }

  private static String cut(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest) + "...";
  }

  private void line(String text) {
    out.append(text).append('\n');
  }
}
