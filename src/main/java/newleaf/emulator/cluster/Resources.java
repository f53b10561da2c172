package newleaf.emulator.cluster;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/// What writing an object means: metadata that the server sets, compare-and-set, checks, field
/// ownership.
final class Resources {
  private final Store store;
  private final InstantSource clock;
  private final Ownership ownership;

  Resources(Store store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
    this.ownership = new Ownership(clock);
  }

  Doc get(Key key) {
    return store.get(key).orElseThrow(() -> Rejection.notFound(key));
  }

  Doc create(Key key, Doc body, WriteOptions options) {
    if (!body.text("metadata", "resourceVersion").isEmpty()) {
      throw Rejection.badRequest("resourceVersion should not be set on objects to be created");
    }
    requireNamespace(key);
    return store.write(
        key,
        options.dryRun(),
        before -> {
          if (before.isPresent()) {
            throw Rejection.alreadyExists(key);
          }
          Doc fresh = Rules.admit(key, before, fresh(key, body));
          return ownership.updated(before, fresh, options.manager());
        });
  }

  /// PUT, and every patch but server-side apply.
  Doc update(Key key, UnaryOperator<Doc> change, WriteOptions options) {
    return store.write(
        key,
        options.dryRun(),
        found -> {
          Doc before = found.orElseThrow(() -> Rejection.notFound(key));
          Doc after = settled(key, before, change.apply(before));
          return before.equals(after) ? before : ownership.updated(found, after, options.manager());
        });
  }

  Doc apply(Key key, Doc config, WriteOptions options) {
    requireNamespace(key);
    return store.write(
        key,
        options.dryRun(),
        before -> {
          String version = config.text("metadata", "resourceVersion");
          if (before.isEmpty() && !version.isEmpty()) {
            throw Rejection.notFound(key);
          }
          Doc bare = config.without("metadata", "managedFields").without("status");
          if (before.isPresent()) {
            checkVersion(key, before.get(), config);
            bare = bare.without("metadata", "resourceVersion");
          }
          Doc merged = ownership.applied(key, before, bare, options);
          return before.isPresent()
              ? settledApply(key, before.get(), merged)
              : Rules.admit(key, before, fresh(key, merged));
        });
  }

  private static Doc settledApply(Key key, Doc before, Doc merged) {
    Doc after = settled(key, before, merged);
    return after.with(
        merged.at("metadata", "managedFields").orElseThrow(), "metadata", "managedFields");
  }

  /// Only the status, by `/status` or a controller.
  Doc updateStatus(Key key, UnaryOperator<Doc> change, WriteOptions options) {
    return store.write(
        key,
        options.dryRun(),
        found -> {
          Doc before = found.orElseThrow(() -> Rejection.notFound(key));
          Doc after = change.apply(before);
          checkVersion(key, before, after);
          return before.with(after.child("status"), "status");
        });
  }

  /// A pod first becomes terminating, unless no grace is given.
  Doc delete(Key key, Doc body, Optional<Long> grace) {
    Doc object = get(key);
    Doc conditions = body.child("preconditions");
    checkVersion(key, object, Doc.of("metadata", conditions)); // its resourceVersion, if given
    if (!conditions.text("uid").isEmpty() && !conditions.text("uid").equals(object.uid())) {
      throw Rejection.conflict(key, "the UID in the precondition does not match the UID in record");
    }
    if (key.kind() == Kind.NAMESPACE) {
      empty(key.name());
    }
    long seconds = grace.orElse(object.number(30, "spec", "terminationGracePeriodSeconds"));
    if (key.kind() == Kind.POD && seconds > 0) {
      store.edit(key, pod -> ending(pod, seconds));
    } else {
      store.remove(key);
    }
    return object;
  }

  private void empty(String namespace) {
    for (Kind kind : Kind.values()) {
      if (kind.namespaced()) {
        for (Doc object : store.list(kind, Optional.of(namespace)).objects()) {
          delete(Key.of(kind, object), Doc.EMPTY, Optional.empty());
        }
      }
    }
  }

  private Doc ending(Doc pod, long seconds) {
    return pod.terminating()
        ? pod
        : pod.with(now(), "metadata", "deletionTimestamp")
            .with(seconds, "metadata", "deletionGracePeriodSeconds");
  }

  private void requireNamespace(Key key) {
    Key namespace = new Key(Kind.NAMESPACE, "", key.namespace());
    if (key.kind().namespaced() && store.get(namespace).isEmpty()) {
      throw Rejection.notFound(namespace);
    }
  }

  private Doc fresh(Key key, Doc body) {
    Doc object =
        body.with(key.kind().apiVersion(), "apiVersion")
            .with(key.kind().kind(), "kind")
            .with(key.name(), "metadata", "name")
            .with(UUID.randomUUID().toString(), "metadata", "uid")
            .with(now(), "metadata", "creationTimestamp");
    if (key.kind().namespaced()) {
      object = object.with(key.namespace(), "metadata", "namespace");
    }
    return key.kind().hasStatus()
        ? object.with(1L, "metadata", "generation").without("status")
        : object;
  }

  /// What the client may not change is as before; a changed spec is a new generation.
  private static Doc settled(Key key, Doc before, Doc changed) {
    checkVersion(key, before, changed);
    Doc after = changed.with(key.kind().apiVersion(), "apiVersion").with(key.kind().kind(), "kind");
    for (String name : FieldPath.SERVER_OWNED) {
      after = kept(before, after, name);
    }
    if (!key.kind().hasStatus()) {
      return Rules.admit(key, Optional.of(before), after);
    }
    after = after.without("status");
    after = before.at("status").isPresent() ? after.with(before.child("status"), "status") : after;
    after = Rules.admit(key, Optional.of(before), after);
    return after.child("spec").equals(before.child("spec"))
        ? after
        : after.with(before.number(0, "metadata", "generation") + 1, "metadata", "generation");
  }

  private static Doc kept(Doc before, Doc after, String name) {
    return before
        .at("metadata", name)
        .map(value -> after.with(value, "metadata", name))
        .orElseGet(() -> after.without("metadata", name));
  }

  private static void checkVersion(Key key, Doc before, Doc after) {
    String version = after.text("metadata", "resourceVersion");
    if (!version.isEmpty() && !version.equals(before.text("metadata", "resourceVersion"))) {
      throw Rejection.modified(key);
    }
  }

  private String now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
