package newleaf.kube;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/// What a document comes to in Secrets: full parts that never change, named by what is in them, and
/// the rest, which lies in the document's own Secret and is written anew with each line.
final class Content {
  static final Content NOTHING = new Content(List.of(), new byte[0]);

  /// A Secret holds 1 MiB, and this, packed, never needs more. Each line that is added writes so
  /// much at most, and the etcd of a cluster keeps each writing for some minutes.
  static final int PART = 256 * 1024;

  private final List<String> parts;
  private final byte[] rest;

  /// @param parts the ends of their names, in order
  Content(List<String> parts, byte[] rest) {
    this.parts = List.copyOf(parts);
    this.rest = rest;
  }

  List<String> parts() {
    return parts;
  }

  byte[] rest() {
    return rest;
  }

  /// All full parts, then the rest.
  static List<byte[]> split(byte[] whole) {
    List<byte[]> pieces = new ArrayList<>();
    int at = 0;
    while (whole.length - at > PART) {
      pieces.add(Arrays.copyOfRange(whole, at, at + PART));
      at += PART;
    }
    pieces.add(Arrays.copyOfRange(whole, at, whole.length));
    return pieces;
  }

  byte[] restWith(byte[] line) {
    byte[] both = Arrays.copyOf(rest, rest.length + line.length);
    System.arraycopy(line, 0, both, rest.length, line.length);
    return both;
  }

  boolean isSame(Content other) {
    return parts.equals(other.parts) && Arrays.equals(rest, other.rest);
  }

  static String name(byte[] part) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(part);
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  static byte[] packed(byte[] plain) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream packing = new GZIPOutputStream(out)) {
      packing.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /// Never more than is asked for: somebody else may have packed it.
  static byte[] unpacked(byte[] packed) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      byte[] plain = in.readNBytes(PART + 1);
      if (plain.length > PART) {
        throw new IOException("more than " + PART + " bytes");
      }
      return plain;
    }
  }
}
