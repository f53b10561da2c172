package newleaf.emulator.cluster;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Who wrote which field (`metadata.managedFields`), and server-side apply, which refuses to
/// overwrite fields of others.
final class Ownership {
  /// @param operation `Apply` for server-side apply, `Update` for every other way to write
  private record Owner(
      String manager, String operation, String apiVersion, String time, Set<FieldPath> fields) {
    boolean is(String otherManager, String otherOperation) {
      return manager.equals(otherManager) && operation.equals(otherOperation);
    }

    Owner losing(Set<FieldPath> lost) {
      Set<FieldPath> kept = new LinkedHashSet<>(fields);
      kept.removeAll(lost);
      return new Owner(manager, operation, apiVersion, time, kept);
    }

    String named() {
      return "\"" + manager + "\"" + (operation.equals("Apply") ? "" : " using " + apiVersion);
    }
  }

  private record Conflict(Owner owner, FieldPath field) {}

  private final InstantSource clock;

  Ownership(InstantSource clock) {
    this.clock = clock;
  }

  /// Records that `manager` made `after` of `before` by create, update or patch.
  Doc updated(Optional<Doc> before, Doc after, String manager) {
    Doc old = before.orElse(Doc.EMPTY);
    Set<FieldPath> mine = new LinkedHashSet<>(changed(old, after));
    boolean touched = !mine.isEmpty();
    Set<FieldPath> lost = new LinkedHashSet<>(FieldPath.of(old));
    lost.removeAll(FieldPath.of(after));
    lost.addAll(mine);
    String time = now();
    List<Owner> owners = new ArrayList<>();
    for (Owner owner : owners(old)) {
      if (owner.is(manager, "Update")) {
        mine.addAll(owner.losing(lost).fields());
        time = touched ? time : owner.time();
      } else {
        owners.add(owner.losing(lost));
      }
    }
    owners.add(new Owner(manager, "Update", after.text("apiVersion"), time, mine));
    return record(after, owners);
  }

  private static Set<FieldPath> changed(Doc before, Doc after) {
    Set<FieldPath> changed = new LinkedHashSet<>(FieldPath.of(after));
    changed.removeIf(path -> path.in(after).equals(path.in(before)));
    return changed;
  }

  /// Server-side apply of `config` on what is there.
  Doc applied(Key key, Optional<Doc> before, Doc config, WriteOptions options) {
    Doc live = before.orElse(Doc.EMPTY);
    List<Conflict> conflicts = conflicts(live, config, options.manager());
    if (!conflicts.isEmpty() && !options.force()) {
      throw refusal(key, conflicts);
    }
    Set<FieldPath> taken = new LinkedHashSet<>(conflicts.stream().map(Conflict::field).toList());
    List<Owner> owners = new ArrayList<>();
    Optional<Owner> me = Optional.empty();
    for (Owner owner : owners(live)) {
      if (owner.is(options.manager(), "Apply")) {
        me = Optional.of(owner);
      } else {
        owners.add(owner.losing(taken));
      }
    }
    Set<FieldPath> wanted = FieldPath.of(config);
    Doc merged = Merge.STRATEGIC.over(live, config);
    for (FieldPath path : givenUp(me, wanted, owners)) {
      merged = path.removedFrom(merged);
    }
    boolean same = merged.equals(live);
    String time = me.filter(o -> same && o.fields().equals(wanted)).map(Owner::time).orElse(now());
    owners.addFirst(new Owner(options.manager(), "Apply", config.text("apiVersion"), time, wanted));
    return record(merged, owners);
  }

  /// What this manager applied before, applies no more, and nobody else owns.
  private static Set<FieldPath> givenUp(
      Optional<Owner> me, Set<FieldPath> wanted, List<Owner> others) {
    Set<FieldPath> fields = new LinkedHashSet<>(me.map(Owner::fields).orElse(Set.of()));
    fields.removeAll(wanted);
    others.forEach(o -> fields.removeAll(o.fields()));
    return fields;
  }

  private List<Conflict> conflicts(Doc live, Doc config, String manager) {
    List<Conflict> found = new ArrayList<>();
    for (Owner owner : owners(live)) {
      for (FieldPath path : owner.fields()) {
        Optional<Object> value = path.in(config);
        boolean differs = value.isPresent() && !value.equals(path.in(live));
        if (differs && !owner.is(manager, "Apply")) {
          found.add(new Conflict(owner, path));
        }
      }
    }
    return found;
  }

  private static Rejection refusal(Key key, List<Conflict> conflicts) {
    Map<String, List<String>> fields = new TreeMap<>();
    List<Doc> causes = new ArrayList<>();
    for (Conflict conflict : conflicts) {
      String owner = conflict.owner().named();
      String field = conflict.field().toString();
      fields.computeIfAbsent(owner, _ -> new ArrayList<>()).add(field);
      causes.add(
          Doc.of("reason", "FieldManagerConflict")
              .with("conflict with " + owner, "message")
              .with(field, "field"));
    }
    return Rejection.fieldConflicts(key, message(fields, conflicts.size()), causes);
  }

  private static String message(Map<String, List<String>> fields, int count) {
    List<String> lines = new ArrayList<>();
    if (count == 1) {
      fields.forEach((owner, f) -> lines.add("conflict with " + owner + ": " + f.getFirst()));
      return "Apply failed with 1 conflict: " + lines.getFirst();
    }
    fields.forEach((owner, names) -> {
      lines.add("conflicts with " + owner + ":");
      names.forEach(name -> lines.add("- " + name));
    });
    return "Apply failed with " + count + " conflicts: " + String.join("\n", lines);
  }

  private static List<Owner> owners(Doc object) {
    return object.children("metadata", "managedFields").stream()
        .map(e ->
            new Owner(
                e.text("manager"),
                e.text("operation"),
                e.text("apiVersion"),
                e.text("time"),
                FieldPath.fromFieldsV1(e.child("fieldsV1"))))
        .toList();
  }

  private static Doc record(Doc object, List<Owner> owners) {
    List<Doc> entries =
        owners.stream().filter(o -> !o.fields().isEmpty()).map(Ownership::entry).toList();
    return object.with(entries, "metadata", "managedFields");
  }

  private static Doc entry(Owner owner) {
    return Doc.of("manager", owner.manager())
        .with(owner.operation(), "operation")
        .with(owner.apiVersion(), "apiVersion")
        .with(owner.time(), "time")
        .with("FieldsV1", "fieldsType")
        .with(FieldPath.toFieldsV1(owner.fields()), "fieldsV1");
  }

  private String now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
