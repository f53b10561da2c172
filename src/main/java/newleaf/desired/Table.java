package newleaf.desired;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import newleaf.Source;

/// A part of the file that maps names to things: `cas`, `namespaces`, `leaves`, `workers`,
/// `clients`. As a check it accepts the names that are in it.
///
/// @param kind the thing, for messages: `leaf`
/// @param declared all names, also of things that have problems
/// @param rows the things without problems, in the order of the file
record Table<T>(String kind, Set<String> declared, Map<String, Row<T>> rows)
    implements Section.Check {

  /// A thing and the mapping it was read from, for the places of its values.
  record Row<T>(T spec, Section section) {
    Source at(String key) {
      return section.at(key);
    }
  }

  static <T> Table<T> read(
      Section part, String kind, Section.Check names, BiFunction<String, Section, T> reader) {
    Map<String, Row<T>> rows = new LinkedHashMap<>();
    Problems problems = part.problems();
    part.fields()
        .entries()
        .forEach((name, entry) -> {
          int before = problems.failures();
          names.check("the name of this " + kind, new Located<>(name, entry.key()), problems);
          Section section = part.asEntry(kind, entry);
          T spec = reader.apply(name, section);
          if (problems.failures() == before) {
            rows.put(name, new Row<>(spec, section));
          }
        });
    return new Table<>(kind, part.fields().entries().keySet(), rows);
  }

  Optional<Row<T>> find(String name) {
    return Optional.ofNullable(rows.get(name));
  }

  List<T> specs() {
    return rows.values().stream().map(Row::spec).toList();
  }

  @Override
  public void check(String name, Located<String> text, Problems problems) {
    if (!declared.contains(text.value())) {
      problems.add(
          Codes.UNKNOWN_REFERENCE,
          text.source(),
          name + " is " + Texts.quoted(text.value()) + ", but the file has no such " + kind + ".",
          Nearest.to(text.value(), declared)
              .map(near -> "Did you mean " + near + "?")
              .orElse("Declare it, or name a " + kind + " that is there."));
    }
  }
}
