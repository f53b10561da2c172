package newleaf.kube;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import newleaf.journal.LeaseRecord;
import newleaf.journal.LeaseRecord.Holder;
import newleaf.journal.LeaseStore;
import newleaf.json.Json;

/// The lock as a `coordination.k8s.io` Lease, as controllers have theirs: `kubectl get lease` shows
/// the holder. `leaseTransitions` is the fencing number. The whole record is in an annotation: the
/// times of a Lease are cut to microseconds, and it has no place for the machine.
///
/// Whether a lease is over is told by the clock of whoever asks, against the time that the holder
/// wrote by its own. Clocks that differ by more than the lease let a living holder be taken over;
/// it then hears so before its next change, and its next journal line is refused.
public final class KubeLease implements LeaseStore {
  private static final String RECORD = "newleaf.dev/lock";

  private final KubeConnection connection;
  private final String namespace;
  private final String name;

  public KubeLease(KubeConnection connection, String namespace, String name) {
    this.connection = connection;
    this.namespace = namespace;
    this.name = name;
  }

  @Override
  public String where() {
    return "lease/" + namespace + "/" + name;
  }

  @Override
  public Optional<LeaseRecord> read() {
    return connection.call(
        "reading " + where(), () -> Shielded.call(() -> get().map(this::record)));
  }

  private Optional<Lease> get() {
    return Optional.ofNullable(
        connection.client().leases().inNamespace(namespace).withName(name).get());
  }

  private LeaseRecord record(Lease lease) {
    String json =
        Annotations.of(lease.getMetadata(), RECORD)
            .orElseThrow(() -> StateFailures.noRecord(where(), "somebody else's"));
    LeaseRecord record;
    try {
      record = Json.read(json, LeaseRecord.class);
    } catch (IllegalArgumentException e) {
      throw StateFailures.noRecord(where(), e.getMessage());
    }
    Integer transitions = lease.getSpec() == null ? null : lease.getSpec().getLeaseTransitions();
    if (transitions == null || transitions != record.fencing()) {
      throw StateFailures.noRecord(where(), "leaseTransitions was edited");
    }
    return record;
  }

  @Override
  public boolean replace(Optional<LeaseRecord> expected, LeaseRecord next) {
    return connection.call(
        "writing " + where(), () -> Shielded.call(() -> replaced(expected, next)));
  }

  private boolean replaced(Optional<LeaseRecord> expected, LeaseRecord next) {
    Optional<Lease> now = get();
    if (!now.map(this::record).equals(expected)) {
      return false;
    }
    try {
      now.ifPresentOrElse(lease -> update(lease, next), () -> create(next));
      return true;
    } catch (KubernetesClientException e) {
      if (e.getCode() != 409 && (e.getCode() != 404 || now.isEmpty())) {
        throw e;
      }
      // perhaps our own writing, whose answer was lost and which was sent again
      return get().map(this::record).filter(next::equals).isPresent();
    }
  }

  private void create(LeaseRecord next) {
    ObjectMeta metadata = new ObjectMeta();
    metadata.setNamespace(namespace);
    metadata.setName(name);
    Lease lease = new LeaseBuilder().withMetadata(metadata).build();
    connection.client().resource(filled(lease, next)).create();
  }

  private void update(Lease lease, LeaseRecord next) {
    connection
        .client()
        .resource(filled(lease, next))
        .lockResourceVersion(lease.getMetadata().getResourceVersion())
        .update();
  }

  private static Lease filled(Lease lease, LeaseRecord next) {
    LeaseSpec spec = new LeaseSpec();
    spec.setLeaseTransitions(Math.toIntExact(next.fencing()));
    next.holder()
        .ifPresent(holder -> {
          spec.setHolderIdentity(holder.who());
          spec.setAcquireTime(at(holder.acquired()));
          spec.setRenewTime(at(holder.renewed()));
          spec.setLeaseDurationSeconds(Math.toIntExact(holder.lease().toSeconds()));
        });
    return new LeaseBuilder(lease)
        .editMetadata()
        .addToAnnotations(RECORD, Json.line(next))
        .endMetadata()
        .withSpec(spec)
        .build();
  }

  private static ZonedDateTime at(Instant time) {
    return time.truncatedTo(ChronoUnit.MICROS).atZone(ZoneOffset.UTC);
  }

  /// From another pod it can not be told; a pod that is gone is waited for as long as its lease.
  @Override
  public boolean ended(Holder holder) {
    return false;
  }
}
