package newleaf.bench;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import newleaf.cert.Certificate;
import newleaf.cert.Pem;
import newleaf.desired.Desired;
import newleaf.desired.DesiredYaml;
import newleaf.json.Json;
import newleaf.observed.Observed;
import newleaf.plan.Plan;
import newleaf.plan.Planner;
import newleaf.report.PlanMarkdown;
import newleaf.report.PlanText;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What a plan of a whole fleet is made of. `steps` are those of a rollover of every CA.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class InnerLoops {
  @Param({"100", "1000", "10000"})
  public int namespaces;

  private byte[] yaml;
  private Desired desired;
  private Observed nothingDue;
  private Observed rollover;
  private Instant at;
  private Plan plan;
  private List<String> bundles;

  @Setup
  public void fleet() {
    Instant now = Instant.now();
    Fleet quiet =
        FleetMaker.make(new Shape(namespaces, 1, Shape.Workers.CLUSTER, Shape.Due.NOTHING), now);
    Fleet due =
        FleetMaker.make(new Shape(namespaces, 1, Shape.Workers.CLUSTER, Shape.Due.ROLLOVER), now);
    at = quiet.at();
    yaml = FleetYaml.of(quiet, "127.0.0.1:1").getBytes(StandardCharsets.UTF_8);
    desired = new FleetFacts(quiet).desired();
    nothingDue = new FleetFacts(quiet).observed();
    rollover = new FleetFacts(due).observed();
    plan = Planner.plan(new FleetFacts(due).desired(), rollover, at);
    bundles = quiet.tenants().stream().map(t -> Pem.of(t.bundle())).toList();
  }

  @Benchmark
  public Desired parseYaml() {
    return DesiredYaml.read("newleaf.yaml", yaml);
  }

  /// Of every bundle, as if no two had a certificate in common.
  @Benchmark
  public long parseCertificates() {
    return bundles.stream()
        .flatMap(pem -> Pem.certificates(pem).stream())
        .map(Certificate::of)
        .filter(Certificate::authority)
        .count();
  }

  @Benchmark
  public Plan planNothing() {
    return Planner.plan(desired, nothingDue, at);
  }

  @Benchmark
  public Plan planSteps() {
    return Planner.plan(desired, rollover, at);
  }

  @Benchmark
  public String textOfSteps() {
    return PlanText.of(plan);
  }

  @Benchmark
  public String markdownOfSteps() {
    return PlanMarkdown.of(plan, "fleet");
  }

  @Benchmark
  public String jsonOfSteps() {
    return Json.pretty(plan);
  }
}
