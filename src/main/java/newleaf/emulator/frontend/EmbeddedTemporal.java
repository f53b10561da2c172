package newleaf.emulator.frontend;

import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc;
import io.temporal.internal.testservice.TestServicesStarter;

/// A Temporal test server of its own for each namespace, since it keeps the workflows of different
/// namespaces in one list.
final class EmbeddedTemporal implements Temporal {
  // time skipping locked, time from the system's clock
  private final TestServicesStarter testServer = new TestServicesStarter(true, 0);
  private final String namespace;
  private final Pollers pollers;

  EmbeddedTemporal(String namespace, Pollers pollers) {
    this.namespace = namespace;
    this.pollers = pollers;
  }

  @Override
  public ServerServiceDefinition workflows() {
    ServerServiceDefinition own =
        new OwnCalls(namespace, testServer.getWorkflowService(), pollers).bindService();
    ServerServiceDefinition.Builder all =
        ServerServiceDefinition.builder(WorkflowServiceGrpc.getServiceDescriptor());
    for (ServerMethodDefinition<?, ?> theirs :
        testServer.getWorkflowService().bindService().getMethods()) {
      boolean ours = OwnCalls.NAMES.contains(theirs.getMethodDescriptor().getBareMethodName());
      ServerMethodDefinition<?, ?> chosen =
          ours ? own.getMethod(theirs.getMethodDescriptor().getFullMethodName()) : theirs;
      all.addMethod(chosen);
    }
    return all.build();
  }

  /// A cancelled call still talks to the test server, so it has to be over.
  @Override
  public void close() {
    testServer.close();
  }
}
