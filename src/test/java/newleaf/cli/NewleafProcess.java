package newleaf.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import newleaf.CommandLines;

/// A newleaf in a process of its own.
record NewleafProcess(Process process, Path out, Path err) {
  /// Far more than any run takes, on however busy a machine: only a run that hangs reaches it.
  private static final long LIMIT_SECONDS = 300;

  static NewleafProcess start(Path folder, Map<String, String> environment, String... args)
      throws IOException {
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(CommandLines.newleaf(args))
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("NEWLEAF_"));
    builder.environment().putAll(environment);
    return new NewleafProcess(builder.start(), out, err);
  }

  int exit() throws IOException, InterruptedException {
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("did not end:\n" + text());
    }
    return process.exitValue();
  }

  String text() throws IOException {
    return Files.readString(out) + Files.readString(err);
  }
}
