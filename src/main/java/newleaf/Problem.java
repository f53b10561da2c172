package newleaf;

import java.util.Optional;

/// One thing that is wrong with an input: a stable code (`NL1013`), the place, what is there and
/// why that is wrong, and one thing to do. `sourceLine` is the line of the file, for printing it
/// with a caret.
public record Problem(
    String code, Source where, String what, String fix, Optional<String> sourceLine) {}
