package newleaf.files;

import java.nio.file.Path;
import newleaf.apply.CaStore;
import org.junit.jupiter.api.io.TempDir;

class CaFolderTest extends CaStoreContract {
  @TempDir private Path folder;

  @Override
  protected CaStore store() {
    return new CaFolder(folder.resolve("keys"));
  }
}
