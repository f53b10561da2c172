package newleaf.desired;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import newleaf.Source;

/// `{env: NAME}`, `{file: PATH}` or `{prompt: true}`. People paste the secret itself here, so no
/// message repeats what is written, and no message shows the line.
final class SecretYaml {
  static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private SecretYaml() {}

  static SecretSource read(Section owner, String key, boolean mayPrompt, SecretSource otherwise) {
    Optional<Yaml> written = owner.raw(key);
    if (written.isEmpty()) {
      return otherwise;
    }
    Optional<SecretSource> source = source(written.get(), mayPrompt);
    if (source.isEmpty()) {
      refuse(owner, key, written.get(), mayPrompt);
    }
    return source.orElse(otherwise);
  }

  private static Optional<SecretSource> source(Yaml written, boolean mayPrompt) {
    if (!(written instanceof Yaml.Fields(var entries, _)) || entries.size() != 1) {
      return Optional.empty();
    }
    Map.Entry<String, Yaml.Entry> only = entries.entrySet().iterator().next();
    if (!(only.getValue().value() instanceof Yaml.Text text) || text.isNothing()) {
      return Optional.empty();
    }
    return switch (only.getKey()) {
      case "env" ->
          Optional.of(text.value())
              .filter(name -> VARIABLE.matcher(name).matches())
              .map(SecretSource.Env::new);
      case "file" -> Optional.of(new SecretSource.File(text.value()));
      case "prompt" ->
          mayPrompt && text.value().equals("true")
              ? Optional.of(new SecretSource.Prompt())
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static void refuse(Section owner, String key, Yaml written, boolean mayPrompt) {
    Problems problems = owner.problems();
    hide(written, problems);
    problems.add(
        Codes.SECRET_SOURCE,
        written.at(),
        owner.name()
            + "."
            + key
            + " does not say where to read the secret from, and the secret must not be in the"
            + " file.",
        (mayPrompt
                ? "Write {env: NAME}, {file: PATH} or {prompt: true}"
                : "Write {env: NAME} or {file: PATH}")
            + "; replace a secret that was written here.");
  }

  private static void hide(Yaml part, Problems problems) {
    problems.hideLine(part.at().line());
    switch (part) {
      case Yaml.Items(var items, _) -> items.forEach(item -> hide(item, problems));
      case Yaml.Fields(var entries, _) ->
          entries
              .values()
              .forEach(entry -> {
                Source key = entry.key();
                problems.hideLine(key.line());
                hide(entry.value(), problems);
              });
      case Yaml.Text _, Yaml.Broken _ -> {}
    }
  }
}
