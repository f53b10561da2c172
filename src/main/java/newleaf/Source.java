package newleaf;

/// A place in an input file. Lines and columns count from 1, as editors show them.
public record Source(String file, int line, int column) {
  @Override
  public String toString() {
    return file + ":" + line + ":" + column;
  }
}
