package newleaf.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import newleaf.journal.AtomicFile.Readers;

/// A file, and its end, where the next line goes. What stands there has to be what was read or
/// written here: whoever else wrote meanwhile is not written over.
final class FileDocument implements Document {
  private final Path file;

  /// Behind the last whole line, and that line.
  private long end;

  private byte[] last = {};

  /// How long the file is: after a write that failed it may be anything between these.
  private long least;

  private long most;

  FileDocument(Path file) {
    this.file = file;
  }

  @Override
  public String where() {
    return file.toString();
  }

  @Override
  public Optional<byte[]> read() throws IOException {
    try {
      byte[] content = Uninterrupted.run(() -> Files.readAllBytes(file));
      left(content);
      return Optional.of(content);
    } catch (NoSuchFileException _) {
      left(new byte[0]);
      return Optional.empty();
    }
  }

  private void left(byte[] content) {
    int whole = afterLine(content, content.length);
    left(whole, Arrays.copyOfRange(content, afterLine(content, whole - 1), whole));
    least = content.length; // with a torn tail
    most = content.length;
  }

  private static int afterLine(byte[] content, int before) {
    int at = before;
    while (at > 0 && content[at - 1] != '\n') {
      at--;
    }
    return Math.max(at, 0);
  }

  private void left(long at, byte[] line) {
    end = at;
    last = line;
    least = at;
    most = at;
  }

  @Override
  public void append(byte[] line) throws IOException {
    Uninterrupted.run(() -> {
      add(line);
      return line;
    });
  }

  private void add(byte[] line) throws IOException {
    if (end == 0 && !Files.exists(file)) {
      AtomicFile.makeFolder(file.getParent(), Readers.EVERYBODY);
      AtomicFile.write(file, new byte[0], Readers.OWNER);
    }
    if (!Files.exists(file)) {
      throw JournalFailures.changed(where());
    }
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      if (!isAsLeft(channel)) {
        throw JournalFailures.changed(where());
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

  @Override
  public void replace(byte[] content) throws IOException {
    AtomicFile.makeFolder(file.toAbsolutePath().getParent(), Readers.EVERYBODY);
    AtomicFile.write(file, content, Readers.OWNER);
    left(content);
  }

  @Override
  public void delete() throws IOException {
    Files.deleteIfExists(file);
    left(new byte[0]);
  }
}
