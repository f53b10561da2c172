package newleaf.journal;

import java.nio.file.Path;

public final class AtomicFile {
  private AtomicFile() {}

  public static void syncFolder(Path folder) {}
}
