package newleaf.kube;

import static newleaf.emulator.cluster.ClusterFixture.NAMESPACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import newleaf.NewleafException;
import newleaf.emulator.cluster.FakePods;
import newleaf.emulator.fault.Fault;
import newleaf.emulator.fault.Fault.Moment;
import newleaf.emulator.fault.Rule;
import newleaf.emulator.fault.Schedule;
import newleaf.journal.LeaseRecord;
import newleaf.journal.LeaseStore;
import newleaf.journal.LeaseStoreContract;
import newleaf.journal.RunLock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The contract on the embedded cluster, and what only a Lease does.
class KubeLeaseTest extends LeaseStoreContract {
  private static final Instant NOW = Instant.parse("2026-11-24T00:00:00.5Z");
  private static KubeFixture fixture;

  private final String name = "s" + UUID.randomUUID().toString().substring(0, 8);

  @BeforeAll
  static void start() {
    fixture = new KubeFixture(new FakePods());
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  @Override
  protected LeaseStore store() {
    return new KubeLease(fixture.connection, NAMESPACE, name);
  }

  private Lease lease() {
    return fixture.others.leases().inNamespace(NAMESPACE).withName(name).get();
  }

  private RunLock take(String id, Instant now) {
    return RunLock.take(
        store(),
        new RunLock.Claim(id, "apply by " + id, "pod-" + id, RunLock.LEASE),
        InstantSource.fixed(now));
  }

  @Test
  void leaseTellsOtherToolsWhoHoldsIt() {
    RunLock lock = take("a", NOW);
    assertThat(lease().getSpec().getHolderIdentity()).isEqualTo("apply by a");
    assertThat(lease().getSpec().getLeaseTransitions()).isEqualTo(1);
    assertThat(lease().getSpec().getLeaseDurationSeconds()).isEqualTo(60);
    assertThat(lease().getSpec().getRenewTime().toInstant()).isEqualTo(NOW);
    lock.close();
    assertThat(lease().getSpec().getHolderIdentity()).isNull();
    take("b", NOW);
    assertThat(lease().getSpec().getLeaseTransitions()).isEqualTo(2);
  }

  @Test
  void holderThatWasTakenOverHearsItBeforeItsNextChange() {
    RunLock slept = take("a", NOW);
    assertThatThrownBy(() -> take("b", NOW.plusSeconds(59))).hasMessageContaining("NL6001");
    take("b", NOW.plusSeconds(61)).check();
    assertThatThrownBy(slept::check)
        .hasMessageContaining("NL6009")
        .hasMessageContaining("apply by b");
  }

  @Test
  void writingWhoseAnswerWasLostWasDone() {
    for (Moment moment : Moment.values()) {
      for (String verb : new String[] {"create leases", "update leases"}) {
        fixture.cluster.faults().add(Rule.of(new Fault.Cut(moment), verb, Schedule.once()));
      }
      RunLock lock = take("a", NOW);
      lock.renew();
      lock.check();
      lock.close();
    }
    assertThat(store().read()).contains(new LeaseRecord(2, Optional.empty()));
  }

  @Test
  void leaseOfAnotherToolIsNotTaken() {
    Lease theirs =
        new LeaseBuilder()
            .withNewMetadata()
            .withNamespace(NAMESPACE)
            .withName(name)
            .endMetadata()
            .withNewSpec()
            .withHolderIdentity("controller")
            .endSpec()
            .build();
    fixture.others.resource(theirs).create();
    assertThatThrownBy(() -> take("a", NOW))
        .isInstanceOf(NewleafException.class)
        .hasMessageContaining("NL6023")
        .hasMessageContaining("kubectl delete lease " + name + " -n " + NAMESPACE);
    assertThat(lease().getSpec().getHolderIdentity()).isEqualTo("controller");
  }

  @Test
  void leaseWhoseNumberWasEditedIsNotBelieved() {
    take("a", NOW).close();
    Lease edited = lease().edit().editSpec().withLeaseTransitions(0).endSpec().build();
    fixture.others.resource(edited).update();
    assertThatThrownBy(() -> take("b", NOW)).hasMessageContaining("NL6023");
  }
}
