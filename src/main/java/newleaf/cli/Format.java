package newleaf.cli;

/// The form of a result on stdout.
enum Format {
  TEXT,
  JSON,
  MARKDOWN
}
