package newleaf.journal;

import java.io.IOException;
import java.util.Optional;

/// One document. What is written is there for good when the method returns, also after a power cut;
/// a reader sees the document before or after it. Only a document that was read is written, and
/// what somebody else wrote meanwhile is not appended to. In a cluster the failures are
/// [newleaf.NewleafException]s.
public interface Document {

  /// Where it is, for people.
  String where();

  /// All of it; empty when there is none.
  Optional<byte[]> read() throws IOException;

  /// Adds a line at the end. An unfinished line that stands there, as a power cut leaves it, is
  /// written over.
  ///
  /// @param line with its line end
  /// @throws newleaf.NewleafException Damaged when somebody else has written since
  void append(byte[] line) throws IOException;

  /// Puts this in the place of what is there.
  void replace(byte[] content) throws IOException;

  /// No failure when there is none.
  void delete() throws IOException;
}
