package newleaf.explain;

/// What one code means.
///
/// @param code `NL1013`
/// @param title what is wrong, in half a line
/// @param text what happened, its usual causes, the cure
public record Article(String code, String title, String text) {}
