package newleaf.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import newleaf.emulator.cluster.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DemoTest {
  private static final Pattern GAP = Pattern.compile("longest time without one: ([0-9.]+)s");

  private static final double POD_START_SECONDS = Settings.QUICK.podStart().toMillis() / 1000.0;

  @TempDir Path folder;

  @Test
  void caRolloverHarmsNobodyAndTheRunbooksWayShowsItsGap() {
    double rolling = gap(demo("--scenario", "ca-rollover", "--restart", "rolling"));
    double scale = gap(demo("--scenario", "ca-rollover", "--restart", "scale"));
    System.out.printf(
        "longest gap: rolling %.1fs, scale %.1fs, ratio %.1f%n", rolling, scale, scale / rolling);
    // no pod runs while the first new one starts; how rolling compares is for the eye, not for a
    // test
    assertThat(scale).isGreaterThanOrEqualTo(POD_START_SECONDS);
  }

  @Test
  void leafRenewalHarmsNobody() {
    demo("--scenario", "leaf-renewal");
  }

  private String demo(String... options) {
    String[] args = new String[options.length + 3];
    args[0] = "demo";
    args[1] = "--soak";
    args[2] = "2s";
    System.arraycopy(options, 0, args, 3, options.length);
    Captured run = Captured.run(folder, Map.of(), args);
    assertThat(run.exit()).as(run.all()).isZero();
    assertThat(run.out())
        .contains("No changes.", " 0 failed;", "workers refused: 0")
        .containsPattern("[1-9][0-9]* started, [1-9][0-9]* completed");
    return run.out();
  }

  private static double gap(String out) {
    Matcher matcher = GAP.matcher(out);
    assertThat(matcher.find()).isTrue();
    return Double.parseDouble(matcher.group(1));
  }
}
