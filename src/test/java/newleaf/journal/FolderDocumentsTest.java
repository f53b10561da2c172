package newleaf.journal;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// The contract, on each kind of disk.
@ParameterizedClass
@EnumSource
class FolderDocumentsTest extends DocumentsContract {
  @Parameter private Disk disk;
  @TempDir private Path real;
  private Path folder;

  @BeforeEach
  void open() {
    folder = disk.folder(real);
  }

  @AfterEach
  void close() throws IOException {
    disk.close(folder);
  }

  @Override
  protected Documents documents() {
    return new FolderDocuments(folder);
  }
}
