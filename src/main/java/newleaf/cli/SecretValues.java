package newleaf.cli;

import java.io.IOException;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import newleaf.Explanation;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.desired.SecretSource;

/// Reads secrets from where the YAML says they are. What is read never appears in a message.
record SecretValues(Terminal terminal, Path base) {

  /// @param what for the reader: `the API key`
  char[] read(SecretSource source, String what) {
    return switch (source) {
      case SecretSource.Env(var name) ->
          terminal
              .variable(name)
              .map(String::toCharArray)
              .orElseThrow(() ->
                  missing(
                      name,
                      what + " is read from this variable, and it is not set.",
                      "Set it and run again."));
      case SecretSource.File(var path) -> file(base.resolve(path), what);
      case SecretSource.Prompt() ->
          terminal
              .password()
              .map(ask -> ask.apply("Enter " + what + ": "))
              .orElseThrow(() ->
                  missing(
                      what,
                      "would be asked for, but there is no terminal.",
                      "Use `env:` or `file:` in the YAML for runs without one."));
    };
  }

  /// Where a secret comes from, for messages.
  static String place(SecretSource source) {
    return switch (source) {
      case SecretSource.Env(var name) -> name;
      case SecretSource.File(var path) -> path;
      case SecretSource.Prompt() -> "the prompt";
    };
  }

  private char[] file(Path path, String what) {
    try {
      if (openToOthers(path)) {
        throw missing(
            path.toString(),
            what + " is in a file that others can read.",
            "Run: chmod 600 " + path);
      }
      CharBuffer text =
          StandardCharsets.UTF_8.decode(java.nio.ByteBuffer.wrap(Files.readAllBytes(path)));
      int end = text.length();
      while (end > 0 && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
        end--;
      }
      char[] value = new char[end];
      text.get(value);
      return value;
    } catch (IOException e) {
      throw new NewleafException(
          new Failure.Misconfigured(
              new Explanation(
                  "NL7003",
                  path.toString(),
                  what + " can not be read from there (" + e.getClass().getSimpleName() + ").",
                  "Make the file readable, or correct the YAML.")),
          e);
    }
  }

  private static boolean openToOthers(Path path) throws IOException {
    if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return false;
    }
    Set<PosixFilePermission> mode = Files.getPosixFilePermissions(path);
    return mode.contains(PosixFilePermission.GROUP_READ)
        || mode.contains(PosixFilePermission.OTHERS_READ);
  }

  private static NewleafException missing(String where, String what, String next) {
    return new NewleafException(
        new Failure.Misconfigured(new Explanation("NL7002", where, what, next)));
  }
}
