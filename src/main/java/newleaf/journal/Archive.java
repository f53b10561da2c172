package newleaf.journal;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import newleaf.NewleafException;

/// `journal-1-2310.jsonl`: a journal that another one goes on from. Nothing reads it but `state
/// check`, `show` and a repair.
record Archive(Documents documents, long from, long to) {
  private static final Pattern NAME =
      Pattern.compile("journal-([0-9]{1,18})-([0-9]{1,18})\\.jsonl");

  /// Oldest first.
  static List<Archive> in(Documents documents) throws IOException {
    List<Archive> all = new ArrayList<>();
    for (String document : documents.names("journal-")) {
      Matcher name = NAME.matcher(document);
      if (name.matches()) {
        all.add(
            new Archive(documents, Long.parseLong(name.group(1)), Long.parseLong(name.group(2))));
      }
    }
    all.sort(Comparator.comparingLong(Archive::from).thenComparingLong(Archive::to));
    return all;
  }

  Document document() {
    return documents.of("journal-%d-%d.jsonl".formatted(from, to));
  }

  /// Never over the archive of another journal.
  void write(byte[] content) throws IOException {
    Document document = document();
    Optional<byte[]> there = document.read();
    if (there.isPresent() && !Arrays.equals(there.get(), content)) {
      throw new FileAlreadyExistsException(document.where());
    }
    document.replace(content);
  }

  /// What a compaction left that did not come to its end, and was done again later.
  void deleteSuperseded(byte[] content) {
    try {
      for (Archive other : in(documents)) {
        Document document = other.document();
        if (other.isSupersededBy(this) && isBeginningOf(content, document.read())) {
          document.delete();
        }
      }
    } catch (IOException | NewleafException _) {
      return; // it is in nobody's way
    }
  }

  private static boolean isBeginningOf(byte[] content, Optional<byte[]> there) {
    return there
        .filter(other ->
            other.length <= content.length
                && Arrays.equals(other, Arrays.copyOf(content, other.length)))
        .isPresent();
  }

  boolean isSupersededBy(Archive other) {
    return from == other.from && to < other.to;
  }

  JournalReading read() throws IOException {
    Document document = document();
    return JournalReading.of(document.where(), document.read().orElse(new byte[0]));
  }
}
