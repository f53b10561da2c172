package newleaf.plan;

import newleaf.Explanation;

/// Why a plan can not be applied as things are. Everything else in it is still shown.
public record Blocker(Explanation text) {}
