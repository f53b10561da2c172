package newleaf.simulation;

import java.nio.file.Path;
import newleaf.apply.Ports;
import newleaf.journal.Fence;
import newleaf.plan.Plan;

/// Where a fault of the protocol can be put in from outside. By itself it puts in nothing.
interface Plant {
  Plant NONE = new Plant() {};

  default Ports ports(Ports ports, World world, Life life) {
    return ports;
  }

  default Plan plan(Plan plan) {
    return plan;
  }

  default void fence(Fence fence) {
    fence.check();
  }

  /// What is sent to the service.
  default Wire wire(Wire wire, World world) {
    return wire;
  }

  /// A process was killed.
  ///
  /// @param state the folder of the journal
  default void killed(Path state) {}
}
