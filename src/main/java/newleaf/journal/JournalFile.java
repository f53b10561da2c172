package newleaf.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import newleaf.journal.AtomicFile.Readers;

/// The end of a journal file, where the next line goes. What stands there has to be what this
/// journal read or wrote: whoever else wrote meanwhile is not written over.
final class JournalFile {
  private final Path file;
  private long end;
  private byte[] last;

  /// How long the file is: after a write that failed it may be anything between these.
  private long least;

  private long most;

  JournalFile(Path file, JournalReading reading) {
    this.file = file;
    left(reading.end(), reading.last());
    this.least = reading.size(); // with a torn tail
    this.most = reading.size();
  }

  private void left(long at, byte[] line) {
    end = at;
    last = line;
    least = at;
    most = at;
  }

  boolean isEmpty() {
    return end == 0;
  }

  /// On disk, and fsynced, when this returns.
  void append(byte[] line) throws IOException {
    if (end == 0 && !Files.exists(file)) {
      AtomicFile.makeFolder(file.getParent(), Readers.EVERYBODY);
      AtomicFile.write(file, new byte[0], Readers.OWNER);
    }
    if (!Files.exists(file)) {
      throw JournalFailures.changed(file);
    }
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      if (!isAsLeft(channel)) {
        throw JournalFailures.changed(file);
      }
      least = end;
      most = Math.max(most, end + line.length);
      write(channel, line);
    }
    left(end + line.length, line);
  }

  private void write(FileChannel channel, byte[] line) throws IOException {
    try {
      channel.position(end);
      ByteBuffer bytes = ByteBuffer.wrap(line);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.truncate(end + line.length); // a torn tail that was longer
      channel.force(true);
    } catch (IOException e) {
      cut(channel, e);
      throw e;
    }
  }

  /// A line whose append failed must not stand there. If that fails too, the next one cuts it.
  private void cut(FileChannel channel, IOException first) {
    try {
      channel.truncate(end);
      channel.force(true);
    } catch (IOException e) {
      first.addSuppressed(e);
    }
  }

  private boolean isAsLeft(FileChannel channel) throws IOException {
    if (channel.size() < least || channel.size() > most) {
      return false;
    }
    ByteBuffer there = ByteBuffer.allocate(last.length);
    long from = end - last.length;
    while (there.hasRemaining()) {
      if (channel.read(there, from + there.position()) < 0) {
        return false;
      }
    }
    return Arrays.equals(there.array(), last);
  }

  /// The file is another one by now, with these bytes; see [Journal#compact].
  void replacedBy(byte[] line) {
    left(line.length, line);
  }
}
