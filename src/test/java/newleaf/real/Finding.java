package newleaf.real;

/// What a linter says against a certificate.
///
/// @param name of the lint
record Finding(String kind, String name, String severity) {}
