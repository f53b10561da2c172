package newleaf.simulation;

/// What can go wrong, and how often in a thousand chances.
enum Fault {
  /// the call never arrives
  UNAVAILABLE(8),
  /// the call has its effect, its answer is lost
  LOST_REPLY(60),
  OPERATION_FAILS(100),
  /// somebody has to end it by hand
  OPERATION_NEVER_ENDS(40),
  /// somebody else edits the namespace between the read and the call
  OVERTAKEN(100),
  /// what is read while an operation runs is what it will bring
  SPEC_TO_COME(200),
  /// a list shows namespaces as they were some time ago
  STALE_LIST(150),
  /// some frontends learn of a change minutes later
  SLOW_SPREAD(100),
  FOREIGN_CA(20),
  FOREIGN_REMOVES_CA(6),
  SECRET_EDITED(6),
  AUTOSCALED(60),
  POD_RESTARTED(60),
  /// new pods are not ready for some minutes
  ROLLOUT_SLOW(100),
  /// new pods do not become ready until somebody repairs it
  ROLLOUT_STUCK(50),
  CRASH(5),
  CRASH_AT_LINE(12),
  TORN_LINE(12),
  DISK_FULL(6),
  /// the process stands still for longer than its lease
  PAUSE(3),
  /// a person or the system asks it to stop
  STOP(3),
  CLOCK_JUMP(4);

  final int perMille;

  Fault(int perMille) {
    this.perMille = perMille;
  }
}
