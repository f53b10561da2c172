package newleaf;

/// The program itself.
public final class Newleaf {
  public static final String VERSION = "0.1.0";

  private Newleaf() {}
}
