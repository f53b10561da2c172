/// The same apply as durable Temporal workflows: [newleaf.workflow.FleetWorkflow] plans once and
/// starts a [newleaf.workflow.RotationWorkflow] for each share of the plan; that one waits at gates
/// for days and has each step carried out by an activity, with [newleaf.apply.StepRunner] as in a
/// local run. Whatever acts does so under the lock of the state, in the one worker that holds it.
///
/// What is done in a cluster that home does not reach is asked of the worker that is there:
/// [newleaf.workflow.RemoteCluster] is its ports, each call a workflow of minutes, and
/// [newleaf.workflow.ClusterWorker] answers. Keys of leaves stay there.
///
/// To change a workflow: histories of earlier releases are replayed by `ReplayTest`; a release
/// leaves its own ones with `mvn -q test -Dtest=RecordedRunsTest -Dnewleaf.record`. A change that
/// makes one of them fail needs `Workflow.getVersion` around it, which stays until no rotation that
/// began before is left; then the old side and its history are deleted together. What activities do
/// may change freely, as long as what they take and return only gains parts. What a workflow must
/// not call, `DeterminismTest` finds.
package newleaf.workflow;
