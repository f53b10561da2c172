package newleaf.apply;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import newleaf.cert.HeldCertificate;
import newleaf.cert.LeafPair;
import newleaf.emulator.cluster.PodRunner;
import newleaf.emulator.cluster.PodSpecification;
import newleaf.emulator.cluster.RunningPod;

/// Pods that read their leaf when they start, and never again.
final class LeafPods implements PodRunner {
  private record Pod(String namespace, HeldCertificate leaf) {}

  private final Map<String, Pod> running = new ConcurrentHashMap<>();

  /// The leaves that running pods of a namespace hold.
  List<HeldCertificate> held(String namespace) {
    return running.values().stream()
        .filter(p -> p.namespace().equals(namespace))
        .map(Pod::leaf)
        .toList();
  }

  @Override
  public RunningPod start(PodSpecification spec) {
    Path tls = spec.secretVolumes().get("tls");
    HeldCertificate leaf =
        LeafPair.of(text(tls.resolve("tls.crt")), text(tls.resolve("tls.key")))
            .held()
            .orElseThrow();
    running.put(spec.name(), new Pod(spec.namespace(), leaf));
    return new RunningPod() {
      @Override
      public boolean ready() {
        return true;
      }

      @Override
      public boolean failed() {
        return false;
      }

      @Override
      public void stop() {
        running.remove(spec.name());
      }
    };
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
