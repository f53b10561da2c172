package newleaf.desired;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import newleaf.Source;

/// The characters of one file, and its lines for messages.
final class SourceText {
  static final int MAX_BYTES = 10 * 1024 * 1024;

  /// A longer line helps nobody, and the caret under it would be off the screen.
  private static final int LONGEST_LINE_SHOWN = 240;

  /// The characters that turn the direction of the text around them (Unicode UAX 9).
  private static final String DIRECTIONS =
      "\u061C\u200E\u200F\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069";

  private final String file;
  private final String text;
  private final List<String> lines;

  private SourceText(String file, String text) {
    this.file = file;
    this.text = text;
    this.lines = text.lines().toList();
  }

  /// @throws newleaf.NewleafException when the bytes are no text that newleaf takes
  static SourceText of(String file, byte[] bytes) {
    Problems problems = new Problems(new SourceText(file, ""));
    if (bytes.length > MAX_BYTES) {
      problems.add(
          Codes.FILE_TOO_LARGE,
          new Source(file, 1, 1),
          "the file has " + bytes.length + " bytes; the limit is " + MAX_BYTES + ".",
          "Check that it is the right file.");
      throw problems.asException();
    }
    SourceText source = new SourceText(file, decoded(file, bytes, problems));
    Problems hidden = new Problems(source);
    source.refuseHiddenCharacters(hidden);
    hidden.throwIfAny();
    return source;
  }

  String file() {
    return file;
  }

  String text() {
    return text;
  }

  /// The line as it may be printed; empty when it is too long, or perhaps holds a secret.
  Optional<String> line(int number) {
    return number > lines.size() || lines.get(number - 1).length() > LONGEST_LINE_SHOWN
        ? Optional.empty()
        : Optional.of(Texts.clean(lines.get(number - 1)));
  }

  private static String decoded(String file, byte[] bytes, Problems problems) {
    CharsetDecoder strict =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length + 1);
    CoderResult result = strict.decode(in, out, true);
    String text = out.flip().toString();
    if (result.isError()) {
      problems.add(
          Codes.NOT_UTF8,
          end(file, text),
          "byte %s is 0x%02X, which is not UTF-8.".formatted(in.position(), bytes[in.position()]),
          "Save the file as UTF-8.");
      throw problems.asException();
    }
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private static Source end(String file, String text) {
    int lineStart = text.lastIndexOf('\n') + 1;
    int line = 1 + (int) text.chars().filter(c -> c == '\n').count();
    return new Source(file, line, text.codePointCount(lineStart, text.length()) + 1);
  }

  /// The first of each line is enough. What hides in comments counts too: who reviews the file must
  /// see what newleaf sees (CVE-2021-42574).
  private void refuseHiddenCharacters(Problems problems) {
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      int at = 0;
      while (at < line.length() && !hides(line.codePointAt(at))) {
        at += Character.charCount(line.codePointAt(at));
      }
      if (at < line.length()) {
        int column = line.codePointCount(0, at) + 1;
        refuse(line.codePointAt(at), new Source(file, i + 1, column), problems);
      }
    }
  }

  private static void refuse(int found, Source at, Problems problems) {
    if (found == '\t') {
      problems.add(Codes.TAB, at, "a tab; YAML does not indent with tabs.", "Use spaces.");
    } else {
      problems.add(
          Codes.HIDDEN_CHARACTER,
          at,
          Texts.described(found) + ", which a reader of the file does not see.",
          "Remove it.");
    }
  }

  private static boolean hides(int c) {
    return Character.getType(c) == Character.CONTROL
        || DIRECTIONS.indexOf(c) >= 0
        || c >= 0xFFFE && c <= 0xFFFF;
  }
}
