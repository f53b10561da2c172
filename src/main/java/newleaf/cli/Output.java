package newleaf.cli;

import picocli.CommandLine.Option;

/// The option that says which form a result has.
final class Output {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "text",
      converter = FormatName.class,
      description = "text (default), json or markdown.")
  private Format format;

  Format format() {
    return format;
  }

  static final class FormatName extends Choice<Format> {
    FormatName() {
      super(Format.class);
    }
  }
}
