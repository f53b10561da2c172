package newleaf.apply;

import newleaf.plan.Step;

/// A step that is to be begun.
///
/// @param rank its place in the order in which steps should begin
record Turn(int rank, Step step, Claims claims) {}
