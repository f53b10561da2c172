package newleaf.apply;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import newleaf.cert.HeldCertificate;
import newleaf.cert.LeafPair;
import newleaf.files.LeafFiles;
import newleaf.observed.LeafPlace;
import newleaf.observed.Leaves;
import org.junit.jupiter.api.io.TempDir;

/// Folders keep the contract.
class FolderLeavesTest extends LeavesContract {
  @TempDir private Path folder;

  private static final class Side implements LeafSide {
    private final Path folder;
    private final LeafFiles files;
    private int places;

    Side(Path folder) {
      this.folder = folder;
      this.files = new LeafFiles(folder);
    }

    @Override
    public Leaves leaves() {
      return files;
    }

    @Override
    public LeafDelivery delivery() {
      return files;
    }

    @Override
    public LeafPlace place() {
      return new LeafPlace.Directory("tls-" + ++places);
    }

    @Override
    public void byHand(LeafPlace place, HeldCertificate leaf) {
      Path there = folder.resolve(((LeafPlace.Directory) place).path());
      try {
        Files.createDirectories(there);
        Files.writeString(there.resolve("tls.crt"), LeafPair.certificatesOf(leaf));
        Files.writeString(there.resolve("tls.key"), LeafPair.keyOf(leaf));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      // JUnit removes the folder
    }
  }

  @Override
  LeafSide start() {
    return new Side(folder);
  }
}
