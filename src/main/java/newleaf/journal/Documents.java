package newleaf.journal;

import java.io.IOException;
import java.util.List;

/// Documents by their names, in a folder or in a cluster: where a state lies, and where the keys of
/// CAs do.
public interface Documents {

  /// Where they are, for people.
  String where();

  /// The names that begin so, sorted.
  ///
  /// @throws newleaf.NewleafException when it is in a cluster, and that can not be asked
  List<String> names(String beginning) throws IOException;

  /// One of them, there or not. Nothing is read or written yet.
  Document of(String name);
}
