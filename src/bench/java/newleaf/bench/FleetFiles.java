package newleaf.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import newleaf.bench.Fleet.Authority;
import newleaf.bench.Fleet.Holding;
import newleaf.cert.EncryptedKey;
import newleaf.cert.LeafPair;
import newleaf.cert.Pem;
import newleaf.observed.LeafPlace;

/// The files that newleaf would have written: keys of CAs, and leaves in directories.
final class FleetFiles {
  static final String PASSPHRASE = "passphrase-of-the-fleet";

  private final Path folder;
  private final Map<PrivateKey, String> encrypted = new HashMap<>();

  FleetFiles(Path folder) {
    this.folder = folder;
  }

  void write(Fleet fleet) {
    try {
      Files.createDirectories(folder.resolve(Fleet.KEYS));
      for (Authority ca : fleet.authorities()) {
        write(ca);
      }
      for (Holding holding : fleet.holdings()) {
        if (holding.place() instanceof LeafPlace.Directory(var path)) {
          write(folder.resolve(path), holding);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(Authority ca) throws IOException {
    String name = Fleet.KEYS + "/" + ca.name() + "-g1";
    write(name + ".crt", Pem.of(ca.held().certificate()));
    secret(
        folder.resolve(name + ".key"),
        encrypted.computeIfAbsent(
            ca.held().key(),
            key -> EncryptedKey.toPem(key, PASSPHRASE.toCharArray(), new SecureRandom())));
  }

  private static void write(Path directory, Holding holding) throws IOException {
    Files.createDirectories(directory);
    Path certificate = directory.resolve("tls.crt");
    Files.writeString(certificate, LeafPair.certificatesOf(holding.leaf()));
    Files.setLastModifiedTime(certificate, FileTime.from(holding.writtenAt()));
    secret(directory.resolve("tls.key"), LeafPair.keyOf(holding.leaf()));
  }

  private static void secret(Path file, String text) throws IOException {
    var owner = PosixFilePermissions.fromString("rw-------");
    Files.writeString(Files.createFile(file, PosixFilePermissions.asFileAttribute(owner)), text);
  }

  void write(String name, String text) {
    try {
      Files.writeString(folder.resolve(name), text, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
