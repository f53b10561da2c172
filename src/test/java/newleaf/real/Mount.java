package newleaf.real;

import io.fabric8.kubernetes.api.model.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.Map;

/// A Secret as files in a pod, swapped at once by one link, as kubelet does it.
record Mount(Path folder) {

  /// Nothing when these files are there already.
  void refresh(Secret secret) {
    String version = "..v" + secret.getMetadata().getResourceVersion();
    if (Files.exists(folder.resolve(version))) {
      return;
    }
    try {
      Path files = Files.createDirectories(folder.resolve(version));
      for (Map.Entry<String, String> entry : secret.getData().entrySet()) {
        Files.write(files.resolve(entry.getKey()), Base64.getDecoder().decode(entry.getValue()));
        Path link = folder.resolve(entry.getKey());
        if (!Files.isSymbolicLink(link)) {
          Files.createSymbolicLink(link, Path.of("..data", entry.getKey()));
        }
      }
      Path next = Files.createSymbolicLink(folder.resolve("..next"), Path.of(version));
      Files.move(next, folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
