package newleaf.desired;

/// Where a secret value (API key, passphrase) is to be read from; never the value itself.
public sealed interface SecretSource {
  record Env(String name) implements SecretSource {}

  /// A file that only its owner can read; a trailing newline is not part of the secret.
  record File(String path) implements SecretSource {}

  /// Asked for on the terminal.
  record Prompt() implements SecretSource {}
}
