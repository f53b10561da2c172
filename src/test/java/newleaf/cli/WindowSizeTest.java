package newleaf.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/// On a real pseudo-terminal, where `script` of util-linux can make one.
final class WindowSizeTest {
  public static void main(String... args) {
    System.out.println(WindowSize.of(WindowSize.STANDARD_ERROR, System.getProperty("os.name")));
  }

  static boolean canMakeTerminals() {
    return System.getProperty("os.name").equals("Linux")
        && Files.isExecutable(Path.of("/usr/bin/script"));
  }

  @Test
  @EnabledIf("canMakeTerminals")
  void sizeOfATerminalIsWhatItSaysNow() throws IOException, InterruptedException {
    assertThat(run("script", "-qec", "stty cols 77 rows 13; " + java(), "/dev/null"))
        .contains("Size[columns=77, rows=13]");
  }

  @Test
  @EnabledIf("canMakeTerminals")
  void fileIsNoTerminal() throws IOException, InterruptedException {
    assertThat(run("script", "-qec", java() + " 2>/dev/null", "/dev/null")).contains("empty");
  }

  @Test
  void whereItCanNotBeAskedThereIsNone() {
    assertThat(WindowSize.of(WindowSize.STANDARD_ERROR, "Windows 11")).isEmpty();
    assertThat(WindowSize.of(-1, System.getProperty("os.name"))).isEmpty();
  }

  private static String java() {
    return "%s -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED -cp '%s' %s"
        .formatted(
            Path.of(System.getProperty("java.home"), "bin", "java"),
            System.getProperty("java.class.path"),
            WindowSizeTest.class.getName());
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return said;
  }
}
