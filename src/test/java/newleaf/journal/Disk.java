package newleaf.journal;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;

/// Where a state folder can be.
enum Disk {
  UNIX,
  WINDOWS,
  REAL;

  /// A folder that is not there yet.
  Path folder(Path real) {
    return switch (this) {
      case UNIX -> Jimfs.newFileSystem(Configuration.unix()).getPath("/work/state");
      case WINDOWS -> Jimfs.newFileSystem(Configuration.windows()).getPath("C:\\work\\state");
      case REAL -> real.resolve("work").resolve("state");
    };
  }

  void close(Path folder) throws IOException {
    if (!folder.getFileSystem().equals(FileSystems.getDefault())) {
      folder.getFileSystem().close();
    }
  }
}
