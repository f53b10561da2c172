package newleaf.cloud;

import com.google.protobuf.Timestamp;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.TaskQueueType;
import io.temporal.api.taskqueue.v1.PollerInfo;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueRequest;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceBlockingStub;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.TrustManager;
import newleaf.Explanation;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.apply.Prover;
import newleaf.cert.HeldCertificate;

/// Connects to mTLS frontends with a fresh TLS context each time: a resumed session would hide that
/// a CA was removed.
public final class TlsProver implements Prover {
  public static final Duration DEFAULT_LIMIT = Duration.ofSeconds(10);

  /// Finds the addresses of a host.
  @FunctionalInterface
  public interface Lookup {
    List<InetAddress> of(String host) throws UnknownHostException;

    static Lookup dns() {
      return host -> List.of(InetAddress.getAllByName(host));
    }
  }

  private final Optional<String> serverCa;
  private final Lookup lookup;
  private final Duration limit;
  private Optional<TrustManager> judge = Optional.empty();

  /// @param serverCa PEM of the CAs that may vouch for the server; empty for the system's own
  /// @param limit how long one connection with its call may take
  public TlsProver(Optional<String> serverCa, Lookup lookup, Duration limit) {
    this.serverCa = serverCa;
    this.lookup = lookup;
    this.limit = limit;
  }

  /// All addresses of the host must agree, since a worker may get any of them; while a change
  /// spreads they do not. An address to which no route leads from here says nothing.
  @Override
  public Verdict connect(Endpoint endpoint, HeldCertificate leaf) {
    Map<InetAddress, Verdict> said = new LinkedHashMap<>();
    try {
      for (InetAddress address : lookup.of(Frontend.host(endpoint.address()))) {
        switch (probe(endpoint, leaf, address)) {
          case Probe.Said(Verdict verdict) -> said.put(address, verdict);
          case Probe.NoRoute _ -> {}
        }
      }
    } catch (UnknownHostException e) {
      return new Verdict.Inconclusive("unknown host: " + Words.of(e));
    }
    return said.isEmpty()
        ? new Verdict.Inconclusive("no route to " + endpoint.address())
        : together(said);
  }

  private static Verdict together(Map<InetAddress, Verdict> said) {
    boolean accepted = said.values().stream().anyMatch(Verdict.Accepted.class::isInstance);
    boolean refused = said.values().stream().anyMatch(Verdict.Rejected.class::isInstance);
    if (accepted && refused) {
      String each =
          said.entrySet().stream()
              .map(e -> e.getKey().getHostAddress() + " " + word(e.getValue()))
              .collect(Collectors.joining(", "));
      return new Verdict.Inconclusive("its addresses disagree: " + each);
    }
    return said.values().stream()
        .filter(Verdict.Inconclusive.class::isInstance)
        .findFirst()
        .orElseGet(() -> said.values().iterator().next());
  }

  private static String word(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Accepted() -> "accepts";
      case Verdict.Rejected(String how) -> "refuses (" + how + ")";
      case Verdict.Inconclusive(String why) -> "does not say (" + why + ")";
    };
  }

  /// What one address said.
  private sealed interface Probe {
    record Said(Verdict verdict) implements Probe {}

    record NoRoute() implements Probe {}
  }

  private Probe probe(Endpoint endpoint, HeldCertificate leaf, InetAddress address) {
    DescribeNamespaceRequest request =
        DescribeNamespaceRequest.newBuilder().setNamespace(endpoint.namespace()).build();
    try (Frontend frontend = open(endpoint, leaf, address)) {
      try {
        var _ = frontend.stub().describeNamespace(request);
        return new Probe.Said(Refusals.accepted(frontend.askedForTheLeaf()));
      } catch (StatusRuntimeException e) {
        return Refusals.noRoute(e)
            ? new Probe.NoRoute()
            : new Probe.Said(Refusals.verdict(e, frontend.askedForTheLeaf()));
      }
    }
  }

  /// From the first address that answers: every frontend knows all pollers.
  @Override
  public List<Poller> pollers(Endpoint endpoint, HeldCertificate leaf, String taskQueue) {
    List<String> problems = new ArrayList<>();
    try {
      for (InetAddress address : lookup.of(Frontend.host(endpoint.address()))) {
        try (Frontend frontend = open(endpoint, leaf, address)) {
          return pollers(frontend.stub(), endpoint.namespace(), taskQueue);
        } catch (StatusRuntimeException e) {
          problems.add(Words.of(e));
        }
      }
    } catch (UnknownHostException e) {
      problems.add("unknown host: " + Words.of(e));
    }
    throw new NewleafException(unseen(endpoint, taskQueue, String.join("; ", problems)));
  }

  private Frontend open(Endpoint endpoint, HeldCertificate leaf, InetAddress address) {
    return Frontend.open(endpoint, address, new ForcedKey(leaf), judge(), limit);
  }

  private synchronized TrustManager judge() {
    judge = judge.or(() -> Optional.of(ServerTrust.judge(serverCa)));
    return judge.get();
  }

  private static List<Poller> pollers(
      WorkflowServiceBlockingStub stub, String namespace, String taskQueue) {
    Map<String, Poller> latest = new HashMap<>();
    for (TaskQueueType type :
        List.of(TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW, TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY)) {
      DescribeTaskQueueRequest request =
          DescribeTaskQueueRequest.newBuilder()
              .setNamespace(namespace)
              .setTaskQueue(TaskQueue.newBuilder().setName(taskQueue))
              .setTaskQueueType(type)
              .build();
      for (PollerInfo info : stub.describeTaskQueue(request).getPollersList()) {
        latest.merge(info.getIdentity(), poller(info), TlsProver::later);
      }
    }
    return List.copyOf(latest.values());
  }

  private static Poller poller(PollerInfo info) {
    Timestamp last = info.getLastAccessTime();
    return new Poller(
        info.getIdentity(), Instant.ofEpochSecond(last.getSeconds(), last.getNanos()));
  }

  private static Poller later(Poller a, Poller b) {
    return a.lastAccess().isBefore(b.lastAccess()) ? b : a;
  }

  private static Failure unseen(Endpoint endpoint, String taskQueue, String why) {
    return new Failure.RemoteError(
        new Explanation(
            "NL3017",
            NamespaceMessages.address(endpoint.namespace()),
            "the pollers of task queue %s can not be read at %s: %s. Nothing was changed."
                .formatted(taskQueue, endpoint.address(), why),
            "Check the address and the network, then run the same command again."));
  }
}
