package newleaf.cert;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// Files under `src/test/resources/newleaf/cert`, all made by OpenSSL for these tests.
public final class TestFiles {
  private TestFiles() {}

  public static String text(String name) throws IOException {
    try (InputStream in = TestFiles.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    }
  }
}
