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
    Set<FieldPath> changed = new LinkedHashSet<>();
    for (FieldPath path : FieldPath.of(after)) {
      if (!path.in(after).equals(path.in(old))) {
        changed.add(path);
      }
    }
    Set<FieldPath> lost = new LinkedHashSet<>(FieldPath.of(old));
    lost.removeAll(FieldPath.of(after));
    lost.addAll(changed);
    List<Owner> owners = new ArrayList<>();
    Set<FieldPath> mine = new LinkedHashSet<>(changed);
    String time = changed.isEmpty() ? "" : now();
    for (Owner owner : owners(old)) {
      if (owner.is(manager, "Update")) {
        mine.addAll(owner.losing(lost).fields());
        time = changed.isEmpty() ? owner.time() : time;
      } else {
        owners.add(owner.losing(lost));
      }
    }
    owners.add(new Owner(manager, "Update", after.text("apiVersion"), time, mine));
    return record(after, owners);
  }

  /// Server-side apply of `config` on what is there.
  Doc applied(Key key, Optional<Doc> before, Doc config, WriteOptions options) {
    Doc live = before.orElse(Doc.EMPTY);
    Set<FieldPath> wanted = FieldPath.of(config);
    List<Conflict> conflicts = conflicts(live, config, options.manager());
    if (!conflicts.isEmpty() && !options.force()) {
      throw refusal(key, conflicts);
    }
    Set<FieldPath> taken = new LinkedHashSet<>(conflicts.stream().map(Conflict::field).toList());
    Set<FieldPath> given = new LinkedHashSet<>();
    String time = "";
    List<Owner> others = new ArrayList<>();
    for (Owner owner : owners(live)) {
      if (owner.is(options.manager(), "Apply")) {
        given.addAll(owner.losing(wanted).fields());
        time = owner.fields().equals(wanted) ? owner.time() : "";
      } else {
        others.add(owner.losing(taken));
      }
    }
    others.forEach(o -> given.removeAll(o.fields()));
    Doc merged = Merge.STRATEGIC.over(live, config);
    for (FieldPath path : given) {
      merged = path.removedFrom(merged);
    }
    boolean same = merged.equals(live) && !time.isEmpty();
    String apiVersion = config.text("apiVersion");
    others.addFirst(new Owner(options.manager(), "Apply", apiVersion, same ? time : now(), wanted));
    return record(merged, others);
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
