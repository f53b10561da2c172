package newleaf.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import newleaf.apply.LeafDelivery;
import newleaf.cert.Certificate;
import newleaf.cert.HeldCertificate;
import newleaf.cert.LeafPair;
import newleaf.journal.AtomicFile;
import newleaf.journal.AtomicFile.Readers;
import newleaf.observed.Issuers;
import newleaf.observed.LeafPlace;
import newleaf.observed.Leaves;
import newleaf.observed.ObservedLeaf;

/// Leaves in folders, for workers outside Kubernetes: `tls.crt` and `tls.key` (0600), the pair
/// before them as `tls.crt.prev` and `tls.key.prev`.
///
/// Two files can not be replaced in one act. Both are on the disk under temporary names first, then
/// renamed one after the other, the key first: a reader can meet a new key beside an old
/// certificate for the time of one rename. A crash in there leaves the old version number, so the
/// same delivery runs again and mends it.
public final class LeafFiles implements Leaves, LeafDelivery {
  private static final String PREVIOUS = ".prev";

  private final Path base;

  /// @param base what relative folders are relative to: the folder of the YAML file
  public LeafFiles(Path base) {
    this.base = base;
  }

  @Override
  public List<ObservedLeaf> read(Collection<LeafPlace> places, Issuers issuers) {
    List<ObservedLeaf> leaves = new ArrayList<>();
    for (LeafPlace place : places) {
      Path folder = folderOf(place);
      try {
        leaves.add(observed(place, folder, issuers));
      } catch (IOException e) {
        throw Complaint.io(folder.toString(), e);
      }
    }
    return List.copyOf(leaves);
  }

  @Override
  public void deliver(LeafPlace place, HeldCertificate leaf, Optional<String> expectedVersion) {
    Path folder = folderOf(place);
    try {
      if (!version(certificateIn(folder, "")).equals(expectedVersion)) {
        throw Complaint.moved(certificateIn(folder, "").toString());
      }
      AtomicFile.makeFolder(folder, Readers.EVERYBODY);
      // a broken pair is no leaf to go back to: the one before it stays
      Optional<HeldCertificate> before = pair(folder, "").held();
      if (before.isPresent()) {
        write(folder, PREVIOUS, before.get());
      }
      write(folder, "", leaf);
    } catch (IOException e) {
      throw Complaint.io(folder.toString(), e);
    }
  }

  @Override
  public Optional<HeldCertificate> current(LeafPlace place) {
    return held(folderOf(place), "");
  }

  @Override
  public Optional<HeldCertificate> previous(LeafPlace place) {
    return held(folderOf(place), PREVIOUS);
  }

  private static ObservedLeaf observed(LeafPlace place, Path folder, Issuers issuers)
      throws IOException {
    Path file = certificateIn(folder, "");
    // before what they are of: who writes it meanwhile is met by the next delivery as a change
    Optional<String> version = version(file);
    Optional<Instant> writtenAt = writtenAt(file);
    LeafPair pair = pair(folder, "");
    Optional<X509Certificate> leaf = pair.certificate();
    return new ObservedLeaf(
        place,
        leaf.map(Certificate::of),
        leaf.flatMap(issuers::of),
        pair.held().isPresent(),
        version,
        writtenAt,
        Optional.empty());
  }

  private static void write(Path folder, String suffix, HeldCertificate leaf) throws IOException {
    byte[] key = ascii(LeafPair.keyOf(leaf));
    byte[] certificates = ascii(LeafPair.certificatesOf(leaf));
    try (var keyFile = AtomicFile.stage(keyIn(folder, suffix), key, Readers.OWNER);
        var certificateFile =
            AtomicFile.stage(certificateIn(folder, suffix), certificates, Readers.EVERYBODY)) {
      keyFile.commit();
      certificateFile.commit();
    }
  }

  private static Optional<HeldCertificate> held(Path folder, String suffix) {
    try {
      return pair(folder, suffix).held();
    } catch (IOException e) {
      throw Complaint.io(folder.toString(), e);
    }
  }

  private static LeafPair pair(Path folder, String suffix) throws IOException {
    return LeafPair.of(text(certificateIn(folder, suffix)), text(keyIn(folder, suffix)));
  }

  /// A file that is not there holds nothing, as an empty one.
  private static String text(Path file) throws IOException {
    return Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
  }

  private static Optional<String> version(Path file) throws IOException {
    return Files.exists(file) ? Optional.of(sha256(Files.readAllBytes(file))) : Optional.empty();
  }

  private static Optional<Instant> writtenAt(Path file) throws IOException {
    return Files.exists(file)
        ? Optional.of(Files.getLastModifiedTime(file).toInstant())
        : Optional.empty();
  }

  private static Path certificateIn(Path folder, String suffix) {
    return folder.resolve("tls.crt" + suffix);
  }

  private static Path keyIn(Path folder, String suffix) {
    return folder.resolve("tls.key" + suffix);
  }

  private Path folderOf(LeafPlace place) {
    return switch (place) {
      case LeafPlace.Directory(var path) -> base.resolve(path);
      case LeafPlace.Secret _ ->
          throw new IllegalArgumentException("not a directory: " + place.address());
    };
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
