package newleaf.apply;

import java.util.List;
import newleaf.cert.HeldCertificate;

/// Connects to a namespace as a worker would: fresh TLS context, the given certificate and no
/// other, handshake and one RPC (in TLS 1.3 a refusal shows only on the first read).
public interface Prover {

  /// Where a namespace accepts workers.
  ///
  /// @param namespace `<name>.<account>`
  /// @param address host:port
  record Endpoint(String namespace, String address) {}

  /// What the peer did with a certificate.
  sealed interface Verdict {
    record Accepted() implements Verdict {}

    /// @param how the peer's words: TLS alert or gRPC status
    record Rejected(String how) implements Verdict {}

    /// Neither proven accepted nor refused: no connection, timeout, a broken pipe.
    ///
    /// @param why what happened
    record Inconclusive(String why) implements Verdict {}
  }

  Verdict connect(Endpoint endpoint, HeldCertificate leaf);

  /// A poller of a task queue.
  ///
  /// @param identity as the worker set it; `pid@host` by default, and the host is the pod
  /// @param lastAccess when it last polled
  record Poller(String identity, java.time.Instant lastAccess) {}

  /// Workflow and activity pollers of a task queue.
  ///
  /// @throws newleaf.NewleafException RemoteError
  List<Poller> pollers(Endpoint endpoint, HeldCertificate leaf, String taskQueue);
}
