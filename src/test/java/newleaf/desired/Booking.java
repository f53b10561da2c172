package newleaf.desired;

import static org.assertj.core.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.util.List;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.Problem;

/// A small right file, to be spoiled one line at a time, and what newleaf says of it.
final class Booking {
  static final String YAML =
      """
      newleaf: 1
      account: sdvdw
      cas:
        booking:
          subject: {commonName: Booking CA, organization: Temporal}
          validity: 365d
          renewBefore: 60d
          keys: {directory: keys}
      namespaces:
        temporal-booking.sdvdw:
          cas: [booking]
          filters: [{commonName: temporal-booking.sdvdw}]
      leaves:
        worker:
          ca: booking
          subject: {commonName: temporal-booking.sdvdw}
          validity: 30d
          renewBefore: 10d
      workers:
        booking:
          leaf: worker
          namespace: temporal-booking.sdvdw
          secret: booking/tls
          deployment: booking/worker
      """;

  private Booking() {}

  static String with(String line, String instead) {
    if (!YAML.contains(line)) {
      throw new IllegalArgumentException("not in the file: " + line);
    }
    return YAML.replace(line, instead);
  }

  static Desired read(String yaml) {
    return read(yaml.getBytes(StandardCharsets.UTF_8));
  }

  static Desired read(byte[] yaml) {
    return DesiredYaml.read("f.yaml", yaml);
  }

  static List<Problem> problems(String yaml) {
    return problems(yaml.getBytes(StandardCharsets.UTF_8));
  }

  static List<Problem> problems(byte[] yaml) {
    try {
      read(yaml);
    } catch (NewleafException e) {
      if (e.failure() instanceof Failure.InvalidInput(var problems)) {
        return problems;
      }
      throw e;
    }
    return fail("was read without a problem");
  }

  /// `14:18 NL1013`
  static List<String> places(List<Problem> problems) {
    return problems.stream()
        .map(p -> p.where().line() + ":" + p.where().column() + " " + p.code())
        .toList();
  }
}
