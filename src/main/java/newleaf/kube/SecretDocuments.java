package newleaf.kube;

import io.fabric8.kubernetes.api.model.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import newleaf.journal.Document;
import newleaf.journal.Documents;

/// A state in Secrets of one namespace: the journal in that of the given name, the snapshot in
/// `<name>-snapshot`, the last plan that was begun in `<name>-plan`, what was put aside in others
/// that begin so. Of archives the newest few are kept: nothing needs them.
public final class SecretDocuments implements Documents {
  static final int ARCHIVES = 3;

  private static final Pattern ARCHIVE = Pattern.compile("journal-([0-9]+)-([0-9]+)\\.jsonl");
  private static final Pattern ENDING = Pattern.compile("\\.jsonl?$");

  private final KubeConnection connection;
  private final StateSecret secrets;

  public SecretDocuments(KubeConnection connection, String namespace, String name) {
    this.connection = connection;
    this.secrets = new StateSecret(namespace, name);
  }

  @Override
  public String where() {
    return "secret/" + secrets.namespace() + "/" + secrets.state();
  }

  @Override
  public List<String> names(String beginning) {
    return connection.call(
        "listing the Secrets of the state " + where(),
        () ->
            connection
                .client()
                .secrets()
                .inNamespace(secrets.namespace())
                .withLabel(StateSecret.STATE, secrets.state())
                .list()
                .getItems()
                .stream()
                .flatMap((Secret secret) -> StateSecret.document(secret).stream())
                .filter(document -> document.startsWith(beginning))
                .sorted()
                .toList());
  }

  @Override
  public Document of(String document) {
    SecretDocument one = new SecretDocument(connection, secrets, secret(document), document);
    return ARCHIVE.matcher(document).matches() ? new Archived(one, this) : one;
  }

  private String secret(String document) {
    Matcher archive = ARCHIVE.matcher(document);
    String name = secrets.state();
    if (archive.matches()) {
      return name + "-archive-" + archive.group(1) + "-" + archive.group(2);
    }
    if (document.startsWith("plans/")) {
      return name + "-plan";
    }
    return switch (document) {
      case "journal.jsonl" -> name;
      case "state.json" -> name + "-snapshot";
      default -> name + "-" + ENDING.matcher(document).replaceFirst("").toLowerCase(Locale.ROOT);
    };
  }

  private void dropOldArchives() {
    List<String> archives =
        names("journal-").stream()
            .filter(name -> ARCHIVE.matcher(name).matches())
            .sorted(Comparator.comparingLong(SecretDocuments::end).reversed())
            .toList();
    archives.stream().skip(ARCHIVES).forEach(name -> drop(of(name)));
  }

  private static long end(String archive) {
    Matcher name = ARCHIVE.matcher(archive);
    return name.matches() ? Long.parseLong(name.group(2)) : 0;
  }

  private static void drop(Document old) {
    try {
      if (old.read().isPresent()) {
        old.delete();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Archived(SecretDocument document, SecretDocuments all) implements Document {
    @Override
    public String where() {
      return document.where();
    }

    @Override
    public Optional<byte[]> read() {
      return document.read();
    }

    @Override
    public void append(byte[] line) {
      document.append(line);
    }

    @Override
    public void replace(byte[] content) {
      document.replace(content);
      all.dropOldArchives();
    }

    @Override
    public void delete() {
      document.delete();
    }
  }
}
