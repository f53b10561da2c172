package newleaf.cert;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The other opinion: `openssl`, where it is on the PATH; tests that ask for it are skipped else.
public final class OpenSsl {
  public static final String PASSPHRASE_VARIABLE = "NEWLEAF_TEST_PASSPHRASE";

  private OpenSsl() {}

  public record Answer(int exitCode, String text) {}

  public static Answer run(Path folder, String passphrase, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile(folder, "openssl", ".out");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put(PASSPHRASE_VARIABLE, passphrase);
    try {
      Process process = builder.start();
      assumeTrue(process.waitFor(30, TimeUnit.SECONDS), "openssl hangs");
      return new Answer(process.exitValue(), Files.readString(output));
    } catch (IOException e) {
      assumeTrue(false, "no openssl here: " + e.getMessage());
      throw e;
    }
  }
}
