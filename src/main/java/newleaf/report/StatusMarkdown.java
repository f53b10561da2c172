package newleaf.report;

import java.util.List;

/// Status, or the next date, where Markdown is read: the text as it is, in a block of its own.
public final class StatusMarkdown {
  private StatusMarkdown() {}

  public static String of(String text) {
    return Markdown.fence("text", List.of(text.stripTrailing().split("\n")));
  }
}
