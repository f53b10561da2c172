package newleaf.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import newleaf.Explanation;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.adopt.AdoptedYaml;
import newleaf.cloud.CloudEndpoint;
import newleaf.desired.SecretSource;
import picocli.CommandLine.Option;

/// What `import` can not read from a file, since that is still to be written.
final class ImportOptions {
  private static final Pattern LOOPBACK =
      Pattern.compile("(localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1]):\\d+");
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  @Option(
      names = "--address",
      paramLabel = "HOST:PORT",
      defaultValue = "saas-api.tmprl.cloud:443",
      description = "The Cloud Ops API (default: saas-api.tmprl.cloud:443).")
  private String address;

  @Option(
      names = "--api-key-env",
      paramLabel = "NAME",
      defaultValue = "TEMPORAL_CLOUD_API_KEY",
      description = "The variable with the API key (default: TEMPORAL_CLOUD_API_KEY).")
  private String apiKeyVariable;

  @Option(names = "--plaintext", description = "Without TLS; for an emulator on this machine only.")
  private boolean plaintext;

  @Option(
      names = "--server-ca",
      paramLabel = "FILE",
      description = "PEM to trust instead of the system's roots.")
  private Optional<String> serverCa;

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description = "The context of the kubeconfig (default: the current one).")
  private Optional<String> context;

  @Option(
      names = "--keys",
      paramLabel = "FOLDER",
      defaultValue = "keys",
      description = "Where keys of CAs that newleaf makes shall live (default: keys).")
  private String keys;

  Optional<String> context() {
    return context;
  }

  CloudEndpoint endpoint(Terminal terminal) {
    check();
    SecretSource key = new SecretSource.Env(apiKeyVariable);
    SecretValues secrets = new SecretValues(terminal, terminal.folder());
    return new CloudEndpoint(
        address,
        () -> new String(secrets.read(key, "the API key")),
        apiKeyVariable,
        plaintext,
        serverCa.map(
            f -> TextFile.read(terminal.folder().resolve(f), "--server-ca", "Correct the path.")));
  }

  /// The reader of the file would say so, but only after the key was sent.
  private void check() {
    if (plaintext && !LOOPBACK.matcher(address).matches()) {
      throw wrong("--plaintext", "`" + address + "` is not this machine.", "Leave it out.");
    }
    if (!VARIABLE.matcher(apiKeyVariable).matches()) {
      throw wrong(
          "--api-key-env",
          "takes the name of a variable, and this is none.",
          "Put the key into a variable, and replace it if it was just written here.");
    }
  }

  private static NewleafException wrong(String option, String what, String next) {
    return new NewleafException(
        new Failure.Misconfigured(new Explanation("NL7030", option, what, next)));
  }

  /// @param base what relative paths in the file will be relative to
  AdoptedYaml.Setting setting(Terminal terminal, Path base) {
    return new AdoptedYaml.Setting(
        new AdoptedYaml.CloudAccess(
            address, apiKeyVariable, plaintext, serverCa.map(f -> from(terminal, base, f))),
        context,
        keys);
  }

  private static String from(Terminal terminal, Path base, String file) {
    Path named = terminal.folder().resolve(file);
    return base.equals(terminal.folder()) ? file : base.relativize(named).toString();
  }

  static NewleafException unknown(List<String> namespaces) {
    return wrong(
        "--namespace",
        "the account has no namespace " + String.join(", ", namespaces) + ".",
        "Write <name>.<account>, as the Temporal Cloud UI does.");
  }
}
