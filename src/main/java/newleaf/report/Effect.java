package newleaf.report;

import java.util.List;

/// What a step does, with the certificates and filters that come, go and stay.
///
/// @param line in words
/// @param rows `+`, `-` and blank
/// @param stretch the column of the rows that may be long
/// @param own what the step does not share with others of its kind; only filled by [Effects#shared]
record Effect(String line, List<Row> rows, int stretch, List<String> own) {
  static Effect of(String line, List<Row> rows, int stretch) {
    return new Effect(line, rows, stretch, List.of());
  }
}
