package newleaf.journal;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import newleaf.journal.AtomicFile.Readers;

/// `journal-1-2310.jsonl`: a journal file that another one goes on from. Nothing reads it but
/// `state check`, `show` and a repair.
record Archive(Path file, long from, long to) {
  private static final Pattern NAME =
      Pattern.compile("journal-([0-9]{1,18})-([0-9]{1,18})\\.jsonl");

  static Archive of(Path folder, long from, long to) {
    return new Archive(folder.resolve("journal-%d-%d.jsonl".formatted(from, to)), from, to);
  }

  /// Oldest first.
  static List<Archive> in(Path folder) throws IOException {
    List<Archive> all = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "journal-*.jsonl")) {
        for (Path file : files) {
          Matcher name = NAME.matcher(file.getFileName().toString());
          if (name.matches()) {
            all.add(
                new Archive(file, Long.parseLong(name.group(1)), Long.parseLong(name.group(2))));
          }
        }
      }
    }
    all.sort(Comparator.comparingLong(Archive::from).thenComparingLong(Archive::to));
    return all;
  }

  /// Never over the archive of another journal.
  void write(byte[] content) throws IOException {
    if (Files.exists(file) && !Arrays.equals(Files.readAllBytes(file), content)) {
      throw new FileAlreadyExistsException(file.toString());
    }
    AtomicFile.write(file, content, Readers.OWNER);
  }

  /// What a compaction left that did not come to its end, and was done again later.
  void deleteSuperseded(byte[] content) {
    try {
      for (Archive other : in(file.getParent())) {
        if (other.isSupersededBy(this) && isBeginningOf(content, other.file)) {
          Files.deleteIfExists(other.file());
        }
      }
    } catch (IOException _) {
      return; // it is in nobody's way
    }
  }

  private static boolean isBeginningOf(byte[] content, Path file) throws IOException {
    byte[] other = Files.readAllBytes(file);
    return other.length <= content.length
        && Arrays.equals(other, Arrays.copyOf(content, other.length));
  }

  boolean isSupersededBy(Archive other) {
    return from == other.from && to < other.to;
  }

  JournalReading read() throws IOException {
    return JournalReading.of(file, Files.readAllBytes(file));
  }
}
