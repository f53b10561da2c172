package newleaf.kube;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The names of all Secrets that pods of a template get.
final class MountedSecrets {
  private MountedSecrets() {}

  static Set<String> of(PodSpec spec) {
    if (spec == null) {
      return Set.of();
    }
    Stream<String> volumes = spec.getVolumes().stream().flatMap(MountedSecrets::ofVolume);
    Stream<String> variables =
        Stream.concat(spec.getContainers().stream(), spec.getInitContainers().stream())
            .flatMap(MountedSecrets::ofContainer);
    return Stream.concat(volumes, variables).collect(Collectors.toSet());
  }

  private static Stream<String> ofVolume(Volume volume) {
    if (volume.getSecret() != null) {
      return Stream.ofNullable(volume.getSecret().getSecretName());
    }
    return volume.getProjected() == null
        ? Stream.empty()
        : volume.getProjected().getSources().stream()
            .filter(s -> s.getSecret() != null)
            .map(s -> s.getSecret().getName());
  }

  private static Stream<String> ofContainer(Container container) {
    Stream<String> whole =
        container.getEnvFrom().stream()
            .filter(e -> e.getSecretRef() != null)
            .map(e -> e.getSecretRef().getName());
    Stream<String> single =
        container.getEnv().stream()
            .filter(e -> e.getValueFrom() != null && e.getValueFrom().getSecretKeyRef() != null)
            .map(e -> e.getValueFrom().getSecretKeyRef().getName());
    return Stream.concat(whole, single);
  }
}
