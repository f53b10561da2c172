package newleaf.desired;

import java.util.Optional;
import newleaf.Source;
import newleaf.observed.LeafPlace;

/// Who else holds a leaf and is no poller that newleaf could see: starters, schedulers, command
/// lines.
///
/// @param place where newleaf delivers its leaf; empty when somebody else does
/// @param acknowledged a person vouches that it loads a new leaf by itself; without it no CA is
///   retired that its leaf may come from
public record ClientSpec(
    String name, String leaf, Optional<LeafPlace> place, boolean acknowledged, Source at) {}
