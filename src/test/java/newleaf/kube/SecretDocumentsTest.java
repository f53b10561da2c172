package newleaf.kube;

import static java.nio.charset.StandardCharsets.UTF_8;
import static newleaf.emulator.cluster.ClusterFixture.NAMESPACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.emulator.cluster.FakePods;
import newleaf.emulator.fault.Fault;
import newleaf.emulator.fault.Fault.Moment;
import newleaf.emulator.fault.Rule;
import newleaf.emulator.fault.Schedule;
import newleaf.journal.Document;
import newleaf.journal.Documents;
import newleaf.journal.DocumentsContract;
import newleaf.journal.Entry;
import newleaf.journal.Journal;
import newleaf.journal.MemoryLease;
import newleaf.journal.StateCheck;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The contract on the embedded cluster, and what only a cluster does. Each test has a state of its
/// own.
class SecretDocumentsTest extends DocumentsContract {
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
  protected Documents documents() {
    return new SecretDocuments(fixture.connection, NAMESPACE, name);
  }

  private Journal journal() {
    return Journal.open(documents(), () -> Instant.parse("2026-11-24T00:00:00Z"));
  }

  private Secret secret(String secret) {
    return fixture.others.secrets().inNamespace(NAMESPACE).withName(secret).get();
  }

  private List<Secret> secrets() {
    return fixture.others.secrets().inNamespace(NAMESPACE).list().getItems().stream()
        .filter(s -> s.getMetadata().getName().startsWith(name))
        .toList();
  }

  private void strike(String verb, Fault fault) {
    fixture.cluster.faults().add(Rule.of(fault, verb + " secrets", Schedule.once()));
  }

  @Test
  void stateIsWhatItsSecretsSay() {
    journal().append(new Entry.GateOpened("a"));
    Secret secret = secret(name);
    assertThat(secret.getType()).isEqualTo("newleaf.dev/state");
    assertThat(secret.getMetadata().getLabels()).containsEntry("newleaf.dev/state", name);
    assertThat(secret.getMetadata().getManagedFields())
        .allMatch(f -> f.getManager().equals("newleaf"));
    assertThat(documents().of("state.json").where())
        .isEqualTo("secret/" + NAMESPACE + "/" + name + "-snapshot");
    assertThat(documents().of("journal-1-20.jsonl").where()).endsWith("/" + name + "-archive-1-20");
    assertThat(documents().of("journal.damaged-20261124T000000Z.jsonl").where())
        .endsWith("/" + name + "-journal.damaged-20261124t000000z");
  }

  @Test
  void lineWhoseAnswerWasLostIsNotTakenForSomebodyElses() {
    Journal journal = journal();
    journal.append(new Entry.GateOpened("first"));
    for (Fault fault :
        List.of(
            new Fault.Cut(Moment.AFTER_COMMIT),
            new Fault.Unavailable(Moment.AFTER_COMMIT),
            new Fault.Cut(Moment.BEFORE_COMMIT),
            new Fault.Unavailable(Moment.BEFORE_COMMIT),
            new Fault.Exhausted(Optional.empty()))) {
      strike("update", fault);
      journal.append(new Entry.GateOpened(fault.toString()));
    }
    assertThat(journal().entries()).isEqualTo(journal.entries()).hasSize(6);
  }

  @Test
  void lineOfWhichNobodyKnowsIsWrittenOverByTheNext() {
    Journal journal = journal();
    journal.append(new Entry.GateOpened("a"));
    strike("update", new Fault.Cut(Moment.AFTER_COMMIT));
    fixture
        .cluster
        .faults()
        .add(Rule.of(new Fault.Cut(Moment.BEFORE_COMMIT), "get secrets", Schedule.times(20)));
    assertThatThrownBy(() -> journal.append(new Entry.GateOpened("lost")))
        .isInstanceOfSatisfying(
            NewleafException.class,
            e -> assertThat(e.failure()).isInstanceOf(Failure.RemoteError.class));
    fixture.cluster.faults().clear();
    journal.append(new Entry.GateOpened("b"));
    assertThat(journal().entries())
        .isEqualTo(journal.entries())
        .containsExactly(new Entry.GateOpened("a"), new Entry.GateOpened("b"));
  }

  @Test
  void labelOfSomebodyElseIsKeptAndInNobodysWay() {
    Journal journal = journal();
    journal.append(new Entry.GateOpened("a"));
    fixture
        .others
        .resource(
            new SecretBuilder(secret(name))
                .editMetadata()
                .addToLabels("backup", "yes")
                .endMetadata()
                .build())
        .update();
    journal.append(new Entry.GateOpened("b"));
    assertThat(secret(name).getMetadata().getLabels()).containsEntry("backup", "yes");
    assertThat(journal().entries()).hasSize(2);
  }

  @Test
  void secretOfSomebodyElseIsNeitherReadNorWritten() {
    fixture
        .others
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withNamespace(NAMESPACE)
                .withName(name)
                .endMetadata()
                .addToData("password", "eA==")
                .build())
        .create();
    assertThatThrownBy(this::journal)
        .isInstanceOfSatisfying(
            NewleafException.class,
            e -> assertThat(e.failure().line()).startsWith("NL6021 ").contains("Opaque", name));
    assertThat(secret(name).getData()).containsOnlyKeys("password");
  }

  @Test
  void longDocumentLiesInPartsThatGoWithIt() throws IOException {
    Document document = documents().of("journal.jsonl");
    document.read();
    for (int i = 0; i < 40; i++) {
      document.append((i + "x".repeat(30_000) + "\n").getBytes(UTF_8));
    }
    assertThat(secrets()).hasSize(1 + 4);
    assertThat(secrets().stream().filter(s -> !s.getMetadata().getName().equals(name)))
        .allMatch(Secret::getImmutable);
    document.replace("short\n".getBytes(UTF_8));
    assertThat(secrets()).hasSize(1);
  }

  @Test
  void partThatIsMissingOrEditedIsADamageWithItsPlace() throws IOException {
    Document document = documents().of("journal.jsonl");
    document.read();
    document.append(("x".repeat(300_000) + "\n").getBytes(UTF_8));
    Secret part = secrets().getLast();
    fixture.others.resource(part).delete();
    damaged("a part of it is missing");
    part.getMetadata().setResourceVersion(null);
    part.getMetadata().setUid(null);
    part.setData(secret(name).getData());
    fixture.others.resource(part).create();
    damaged("secret/" + NAMESPACE + "/" + part.getMetadata().getName());
    assertThat(StateCheck.of(documents(), new MemoryLease(), Instant::now))
        .anyMatch(f -> !f.right() && f.what().contains("NL6022"));
  }

  private void damaged(String what) {
    assertThatThrownBy(() -> documents().of("journal.jsonl").read())
        .isInstanceOfSatisfying(
            NewleafException.class,
            e -> {
              assertThat(e.failure()).isInstanceOf(Failure.Damaged.class);
              assertThat(e.failure().line()).startsWith("NL6022 ").contains(what);
            });
  }

  @Test
  void namespaceThatIsNotThereIsSaidByTheServer() {
    Documents nowhere = new SecretDocuments(fixture.connection, "nowhere", name);
    Journal journal = Journal.open(nowhere, Instant::now);
    assertThatThrownBy(() -> journal.append(new Entry.GateOpened("a")))
        .hasMessageContaining("namespaces \"nowhere\" not found");
  }
}
