package newleaf.desired;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import newleaf.Source;

/// One mapping of the file, asked key by key. What is wrong goes to [Problems] and a stand-in is
/// returned, so that reading goes on and all problems are found; whoever asked drops the result
/// when [Problems#failures] has grown.
///
/// @param name for messages, as in `ca.subject`
/// @param at the key it belongs to
record Section(String name, Yaml.Fields fields, Source at, Problems problems) {
  private static final String STAND_IN = "stand-in";

  /// A rule for one text, which reports by itself.
  interface Check {
    Check ANY = (_, _, _) -> {};

    void check(String name, Located<String> text, Problems problems);
  }

  void knows(String... keys) {
    Set<String> known = Set.of(keys);
    fields
        .entries()
        .forEach((key, entry) -> {
          if (!known.contains(key)) {
            refuseUnknown(key, entry.key(), List.of(keys));
          }
        });
  }

  boolean has(String key) {
    return fields.entries().containsKey(key);
  }

  /// The place of the key's value, or of the whole when there is none.
  Source at(String key) {
    Yaml.Entry entry = fields.entries().get(key);
    return entry == null ? at : entry.value().at();
  }

  Located<String> text(String key, Check check) {
    return required(key)
        .flatMap(v -> asText(name(key), v, check))
        .orElse(new Located<>(STAND_IN, at));
  }

  Optional<Located<String>> optionalText(String key, Check check) {
    return optional(key).flatMap(v -> asText(name(key), v, check));
  }

  /// The whole file.
  static Section ofFile(Yaml root, Problems problems) {
    Source start = new Source(problems.file(), 1, 1);
    Section nameless = new Section("", new Yaml.Fields(Map.of(), start), start, problems);
    return nameless.asEntry("", new Yaml.Entry(start, root));
  }

  /// The texts of a list, none of them twice.
  List<Located<String>> texts(String key, Check check) {
    return texts(key, optional(key), check);
  }

  /// The same of a list that must be there and have an entry.
  List<Located<String>> someTexts(String key, Check check) {
    int before = problems.failures();
    List<Located<String>> texts = texts(key, required(key), check);
    refuseEmpty(key, texts.isEmpty() && problems.failures() == before);
    return texts;
  }

  private List<Located<String>> texts(String key, Optional<Yaml> list, Check check) {
    Set<String> seen = new HashSet<>();
    List<Located<String>> texts = new ArrayList<>();
    for (Yaml item : items(key, list)) {
      asText("an entry of " + name(key), item, check)
          .ifPresent(text -> {
            refuseRepeated(seen, text.value(), text.value(), text.source());
            texts.add(text);
          });
    }
    return texts;
  }

  void refuseRepeated(Set<String> seen, String identity, String shown, Source where) {
    if (!seen.add(identity)) {
      problems.add(
          Codes.REPEATED,
          where,
          Texts.quoted(shown) + " is in this list of the " + name + " twice.",
          "Remove one of the two.");
    }
  }

  Optional<Located<Duration>> duration(String key) {
    return required(key).flatMap(v -> asDuration(key, v));
  }

  Optional<Located<Duration>> optionalDuration(String key) {
    return optional(key).flatMap(v -> asDuration(key, v));
  }

  boolean flag(String key) {
    return word(key, List.of("true", "false")).map(Boolean::parseBoolean).orElse(false);
  }

  /// One of the given things by its name; empty when the key is not there.
  <T> Optional<T> choice(String key, Collection<T> choices, Function<T, String> named) {
    return word(key, choices.stream().map(named).toList())
        .flatMap(w -> choices.stream().filter(c -> named.apply(c).equals(w)).findFirst());
  }

  Section section(String key) {
    return required(key)
        .flatMap(v -> asSection(name(key), v, fields.entries().get(key).key()))
        .orElse(broken(name(key)));
  }

  Optional<Section> optionalSection(String key) {
    return optional(key).flatMap(v -> asSection(name(key), v, fields.entries().get(key).key()));
  }

  /// A list of mappings.
  List<Section> sections(String key, String eachName) {
    List<Section> sections = new ArrayList<>();
    for (Yaml item : items(key, optional(key))) {
      asSection(eachName, item, item.at()).ifPresent(sections::add);
    }
    return sections;
  }

  /// The value of a key as it is, for those who must not report it as others do.
  Optional<Yaml> raw(String key) {
    return Optional.ofNullable(fields.entries().get(key)).map(Yaml.Entry::value);
  }

  Section asEntry(String entryName, Yaml.Entry entry) {
    return present(entryName, entry.value())
        .flatMap(v -> asSection(entryName, v, entry.key()))
        .orElse(broken(entryName));
  }

  /// Something with at least one entry.
  void refuseEmpty(String key, boolean empty) {
    if (empty) {
      problems.add(
          Codes.EMPTY,
          at(key),
          name(key) + " has no entry; at least one is needed.",
          "Add one, or remove what needs it.");
    }
  }

  private List<Yaml> items(String key, Optional<Yaml> value) {
    if (value.isPresent() && value.get() instanceof Yaml.Items(var items, _)) {
      return items;
    }
    value.ifPresent(v -> wrongType(name(key), "a list", v));
    return List.of();
  }

  private static String subject(String what) {
    return what.isEmpty() ? "the file" : what;
  }

  private String name(String key) {
    return name.isEmpty() ? key : name + "." + key;
  }

  /// Stands for a section that is not there; what it misses is not reported as well.
  private Section broken(String what) {
    return new Section(what, new Yaml.Fields(Map.of(), at), at, problems.unheard());
  }

  private Optional<Yaml> required(String key) {
    if (!has(key)) {
      problems.add(
          Codes.MISSING_KEY,
          at,
          subject(name) + " has no " + Texts.quoted(key) + ".",
          "Add `" + key + ":` with its value.");
    }
    return optional(key);
  }

  private Optional<Yaml> optional(String key) {
    return Optional.ofNullable(fields.entries().get(key))
        .flatMap(entry -> present(name(key), entry.value()));
  }

  private Optional<Yaml> present(String what, Yaml value) {
    if (value instanceof Yaml.Broken) {
      problems.alreadyReported();
      return Optional.empty();
    }
    if (value instanceof Yaml.Text text && text.isNothing()) {
      problems.add(
          Codes.NO_VALUE, value.at(), what + " has no value.", "Write a value, or remove the key.");
      return Optional.empty();
    }
    return Optional.of(value);
  }

  private Optional<Located<String>> asText(String what, Yaml value, Check check) {
    return present(what, value)
        .flatMap(v -> {
          if (v instanceof Yaml.Text(var text, _, var where)) {
            Located<String> located = new Located<>(text, where);
            check.check(what, located, problems);
            return Optional.of(located);
          }
          wrongType(what, "a text", v);
          return Optional.empty();
        });
  }

  private Optional<Located<Duration>> asDuration(String key, Yaml value) {
    return asText(name(key), value, Check.ANY)
        .flatMap(text ->
            Durations.read(name(key), text, problems)
                .map(duration -> new Located<>(duration, text.source())));
  }

  private Optional<Section> asSection(String what, Yaml value, Source where) {
    return present(what, value)
        .flatMap(v -> {
          if (v instanceof Yaml.Fields inner) {
            return Optional.of(new Section(what, inner, where, problems));
          }
          wrongType(what, "a mapping (`key: value`)", v);
          return Optional.empty();
        });
  }

  private void wrongType(String what, String wanted, Yaml found) {
    String is =
        switch (found) {
          case Yaml.Text text -> Texts.quoted(text.value()) + " is a text";
          case Yaml.Items _ -> "this is a list";
          case Yaml.Fields _ -> "this is a mapping";
          case Yaml.Broken _ -> "this can not be read";
        };
    problems.add(
        Codes.WRONG_TYPE,
        found.at(),
        subject(what) + ": " + wanted + " was expected, " + is + ".",
        "Write " + wanted + " here.");
  }

  private Optional<String> word(String key, List<String> words) {
    Optional<Located<String>> text = optionalText(key, Check.ANY);
    text.filter(t -> !words.contains(t.value()))
        .ifPresent(t ->
            problems.add(
                Codes.NO_SUCH_CHOICE,
                t.source(),
                name(key) + " is " + Texts.quoted(t.value()) + ", which is no choice.",
                "Write one of " + String.join(", ", words) + "."));
    return text.map(Located::value).filter(words::contains);
  }

  private void refuseUnknown(String key, Source where, List<String> known) {
    problems.add(
        Codes.UNKNOWN_KEY,
        where,
        subject(name) + " has no key " + Texts.quoted(key) + ".",
        Nearest.to(key, known)
            .map(near -> "Did you mean " + near + "?")
            .orElse("Remove it; known are " + String.join(", ", known) + "."));
  }
}
