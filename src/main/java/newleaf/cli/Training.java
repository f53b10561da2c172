package newleaf.cli;

/// Runs one command line after another in one process. The build does this to find out which
/// classes newleaf uses; see `src/dist/Training.java`.
public final class Training {
  private Training() {}

  public static void main(String... lines) {
    for (String line : lines) {
      int exit = Main.run(line.split(" "));
      if (exit != 0) {
        throw new IllegalStateException("ended with " + exit + ": " + line);
      }
    }
  }
}
