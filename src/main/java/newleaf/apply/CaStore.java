package newleaf.apply;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Where the certificates and the encrypted keys of CAs lie, by names as `booking-g2.crt`: a
/// folder, or a Secret.
public interface CaStore {

  /// Where one of them is, for people.
  String where(String name);

  List<String> names() throws IOException;

  boolean has(String name) throws IOException;

  Optional<byte[]> read(String name) throws IOException;

  /// It is there for good when this returns, or it is as before.
  void write(String name, byte[] content) throws IOException;
}
