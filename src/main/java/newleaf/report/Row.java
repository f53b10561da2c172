package newleaf.report;

import java.util.List;

/// One line of a table: what happens to it (`+`, `-` or blank) and its cells.
record Row(char mark, List<String> cells) {
  Row {
    cells = cells.stream().map(Words::safe).toList();
  }

  static Row of(char mark, String... cells) {
    return new Row(mark, List.of(cells));
  }

  String marked(String text) {
    return mark + " " + text;
  }
}
