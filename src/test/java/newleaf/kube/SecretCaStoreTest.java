package newleaf.kube;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static newleaf.emulator.cluster.ClusterFixture.NAMESPACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.UUID;
import newleaf.apply.CaStore;
import newleaf.emulator.cluster.FakePods;
import newleaf.emulator.fault.Fault;
import newleaf.emulator.fault.Fault.Moment;
import newleaf.emulator.fault.Rule;
import newleaf.emulator.fault.Schedule;
import newleaf.files.CaStoreContract;
import newleaf.journal.Document;
import newleaf.observed.LeafPlace;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The contract on the embedded cluster. Each test has a Secret of its own.
class SecretCaStoreTest extends CaStoreContract {
  private static KubeFixture fixture;

  private final LeafPlace.Secret place =
      new LeafPlace.Secret(NAMESPACE, "s" + UUID.randomUUID().toString().substring(0, 8));

  @BeforeAll
  static void start() {
    fixture = new KubeFixture(new FakePods());
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  @Override
  protected CaStore store() {
    return new SecretCaStore(fixture.connection, place);
  }

  @Test
  void writingWhoseAnswerWasLostIsDoneOnceMore() throws IOException {
    byte[] last = {};
    for (Moment moment : Moment.values()) {
      last = moment.name().getBytes(US_ASCII);
      for (String verb : new String[] {"create secrets", "update secrets"}) {
        fixture.cluster.faults().add(Rule.of(new Fault.Cut(moment), verb, Schedule.once()));
      }
      store().write("a-g1.crt", last);
      store().write("a-g2.crt", last);
    }
    assertThat(store().names()).containsExactly("a-g1.crt", "a-g2.crt");
    assertThat(store().read("a-g1.crt")).hasValue(last);
  }

  @Test
  void secretOfAStateIsNotOneForKeys() throws IOException {
    Document state =
        new SecretDocuments(fixture.connection, NAMESPACE, place.name()).of("journal.jsonl");
    state.read();
    state.append(new byte[] {'\n'});
    assertThatThrownBy(() -> store().write("a-g1.key", new byte[1]))
        .hasMessageContaining("NL4040")
        .hasMessageContaining("newleaf.dev/state");
    assertThatThrownBy(() -> store().names()).hasMessageContaining("NL4040");
  }
}
