package newleaf.desired;

import newleaf.Source;

/// A value and the place in the YAML it was written at (or, for a default, the object it belongs
/// to).
public record Located<T>(T value, Source source) {}
