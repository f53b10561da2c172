package newleaf.kube;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import newleaf.NewleafException;
import newleaf.journal.Document;
import newleaf.journal.JournalFailures;

/// A document in a Secret, and in as many further ones as it needs. Each writing is one update of
/// the version that was read or written before: of two writers one hears that the other was there.
final class SecretDocument implements Document {
  /// 128 MiB: as much as any document of newleaf may have.
  private static final int MOST_PARTS = 512;

  private static final int TRIES = 5;

  private final KubeConnection connection;
  private final StateSecret secrets;
  private final String name;
  private final String document;
  private Optional<Secret> stored = Optional.empty();
  private Content content = Content.NOTHING;

  /// What may stand there since a writing whose answer was lost.
  private final List<Content> doubtful = new ArrayList<>();

  SecretDocument(KubeConnection connection, StateSecret secrets, String name, String document) {
    this.connection = connection;
    this.secrets = secrets;
    this.name = name;
    this.document = document;
  }

  @Override
  public String where() {
    return "secret/" + secrets.namespace() + "/" + name;
  }

  @Override
  public Optional<byte[]> read() {
    return call(
        "reading",
        () -> {
          for (int left = TRIES; left > 0; left--) {
            found(get(name));
            Optional<byte[]> whole = whole();
            if (whole.isPresent()) {
              return whole.filter(_ -> isThere());
            }
          }
          throw StateFailures.damaged(where(), "a part of it is missing", null);
        });
  }

  /// The Secret may hold another document, which this one is to replace.
  private boolean isThere() {
    return stored.flatMap(StateSecret::document).filter(document::equals).isPresent();
  }

  private void found(Optional<Secret> secret) {
    stored = secret;
    content = secret.map(this::contentOf).orElse(Content.NOTHING);
    doubtful.clear();
  }

  private Content contentOf(Secret secret) {
    if (!StateSecret.isOurs(secret)) {
      throw StateFailures.notOurs(where(), secret.getType());
    }
    try {
      return StateSecret.content(secret);
    } catch (IOException e) {
      throw StateFailures.damaged(where(), e.getMessage(), e);
    }
  }

  /// Empty when a part is not there: perhaps the document was replaced between.
  private Optional<byte[]> whole() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Optional<Secret> part : connection.each(content.parts(), p -> get(name + "." + p))) {
      if (part.isEmpty()) {
        return Optional.empty();
      }
      out.writeBytes(bytesOf(part.get()));
    }
    out.writeBytes(content.rest());
    return Optional.of(out.toByteArray());
  }

  private byte[] bytesOf(Secret part) {
    String where = "secret/" + secrets.namespace() + "/" + part.getMetadata().getName();
    try {
      byte[] bytes = StateSecret.bytes(part);
      if (!where.endsWith("." + Content.name(bytes))) {
        throw StateFailures.damaged(where, "its content has another digest than its name", null);
      }
      return bytes;
    } catch (IOException e) {
      throw StateFailures.damaged(where, e.getMessage(), e);
    }
  }

  @Override
  public void append(byte[] line) {
    write(Content.split(content.restWith(line)), content.parts());
  }

  @Override
  public void replace(byte[] whole) {
    List<String> before = content.parts();
    write(Content.split(whole), List.of());
    before.stream().filter(p -> !content.parts().contains(p)).forEach(this::deletePart);
  }

  private void write(List<byte[]> pieces, List<String> before) {
    if (before.size() + pieces.size() > MOST_PARTS) {
      throw StateFailures.full(where(), MOST_PARTS);
    }
    call(
        "writing",
        () -> {
          List<String> parts = new ArrayList<>(before);
          pieces.subList(0, pieces.size() - 1).forEach(part -> parts.add(storePart(part)));
          put(new Content(parts, pieces.getLast()));
          return parts;
        });
  }

  /// A part is named by its content, so whoever writes the same name writes the same.
  private String storePart(byte[] bytes) {
    String part = Content.name(bytes);
    try {
      resource(secrets.part(name + "." + part, bytes)).create();
    } catch (KubernetesClientException e) {
      if (e.getCode() != 409) {
        throw e;
      }
    }
    return part;
  }

  private void put(Content next) {
    doubtful.add(next); // until the answer is there
    for (int left = TRIES; left > 0; left--) {
      Secret wanted = secrets.document(name, document, stored, next);
      try {
        stored = Optional.of(stored.isPresent() ? update(wanted) : resource(wanted).create());
        content = next;
        doubtful.clear();
        return;
      } catch (KubernetesClientException e) {
        if (e.getCode() != 409 && e.getCode() != 404) {
          throw e;
        }
        if (isWrittenAlready(next, e)) {
          return;
        }
      }
    }
    throw JournalFailures.changed(where());
  }

  private Secret update(Secret wanted) {
    return resource(wanted).lockResourceVersion(wanted.getMetadata().getResourceVersion()).update();
  }

  /// What came between: our own writing, whose answer was lost and which was sent again; a label of
  /// somebody else, and then it is tried once more; or another writer.
  private boolean isWrittenAlready(Content next, KubernetesClientException refusal) {
    Optional<Secret> now = get(name);
    if (now.isEmpty()) {
      throw stored.isPresent() ? JournalFailures.changed(where()) : refusal; // no such namespace
    }
    Content there = contentOf(now.get());
    boolean written = there.isSame(next);
    boolean asLeft = stored.isPresent() && there.isSame(content);
    if (!written && !asLeft && doubtful.stream().noneMatch(there::isSame)) {
      throw JournalFailures.changed(where());
    }
    stored = now;
    if (written) {
      content = next;
      doubtful.clear();
    }
    return written;
  }

  @Override
  public void delete() {
    call(
        "deleting",
        () ->
            connection.client().secrets().inNamespace(secrets.namespace()).withName(name).delete());
    content.parts().forEach(this::deletePart);
    found(Optional.empty());
  }

  private void deletePart(String part) {
    try {
      call(
          "deleting a part of",
          () ->
              connection
                  .client()
                  .secrets()
                  .inNamespace(secrets.namespace())
                  .withName(name + "." + part)
                  .delete());
    } catch (NewleafException _) {
      return; // nothing speaks of it any more, so it is in nobody's way
    }
  }

  private Optional<Secret> get(String secret) {
    return Optional.ofNullable(
        connection.client().secrets().inNamespace(secrets.namespace()).withName(secret).get());
  }

  private Resource<Secret> resource(Secret secret) {
    return connection.client().resource(secret);
  }

  private <T> T call(String doing, Supplier<T> call) {
    return connection.call(doing + " " + where(), () -> Shielded.call(call));
  }
}
