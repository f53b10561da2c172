package newleaf.desired;

/// How the next generation of a CA is made when its time comes.
public enum Renewal {
  /// a new key and a new subject; every leaf moves to it (the default)
  REKEY,
  /// the same key and subject, a new validity; every leaf stays as it is
  SAME_KEY
}
