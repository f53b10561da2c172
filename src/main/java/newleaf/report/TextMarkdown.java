package newleaf.report;

import java.util.List;

/// A text where Markdown is read: as it is, in a block of its own.
public final class TextMarkdown {
  private TextMarkdown() {}

  public static String of(String text) {
    return Markdown.fence("text", List.of(text.stripTrailing().split("\n")));
  }
}
