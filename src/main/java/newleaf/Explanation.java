package newleaf;

/// The four parts of every error that newleaf prints.
///
/// @param code a stable code, `NL` and four digits
/// @param where the resource address, file or endpoint it happened at
/// @param what what is, with the value, and why that is wrong
/// @param next one thing to do, usually a command
public record Explanation(String code, String where, String what, String next) {
  @Override
  public String toString() {
    return code + " " + where + ": " + what + " " + next;
  }
}
