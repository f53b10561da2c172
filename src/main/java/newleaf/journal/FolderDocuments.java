package newleaf.journal;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The files of a folder. They are readable for their owner only: they hold no secret, but name all
/// there is.
public record FolderDocuments(Path folder) implements Documents {

  @Override
  public String where() {
    return folder.toString();
  }

  @Override
  public List<String> names(String beginning) throws IOException {
    List<String> names = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
        for (Path file : files) {
          names.add(file.getFileName().toString());
        }
      }
    }
    return names.stream().filter(name -> name.startsWith(beginning)).sorted().toList();
  }

  @Override
  public Document of(String name) {
    return new FileDocument(folder.resolve(name));
  }
}
