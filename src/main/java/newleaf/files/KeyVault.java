package newleaf.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import newleaf.cert.EncryptedKey;
import newleaf.cert.WrongPassphraseException;
import newleaf.journal.AtomicFile;
import newleaf.journal.AtomicFile.Readers;
import newleaf.observed.CaRef;

/// Encrypted key files. A key once opened is kept until this object goes, which is one run: opening
/// costs more than half a second by design, and one run may issue many leaves. The passphrase is
/// kept not even so long.
final class KeyVault {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private final Passphrase passphrase;
  private final SecureRandom random;
  private final Map<Path, PrivateKey> opened = new HashMap<>();

  KeyVault(Passphrase passphrase, SecureRandom random) {
    this.passphrase = passphrase;
    this.random = random;
  }

  /// One at a time, so that a passphrase is asked for once.
  synchronized void store(CaRef ca, Path file, PrivateKey key) throws IOException {
    char[] secret = ask(ca);
    try {
      String pem = EncryptedKey.toPem(key, secret, random);
      AtomicFile.write(file, pem.getBytes(StandardCharsets.US_ASCII), Readers.OWNER);
    } finally {
      Arrays.fill(secret, '\0');
    }
    opened.put(file, key);
  }

  synchronized PrivateKey open(CaRef ca, Path file) throws IOException {
    PrivateKey known = opened.get(file);
    if (known != null) {
      return known;
    }
    refuseOpenToOthers(file);
    String pem = Files.readString(file, StandardCharsets.ISO_8859_1);
    char[] secret = ask(ca);
    try {
      PrivateKey key = EncryptedKey.parse(pem, secret);
      opened.put(file, key);
      return key;
    } catch (WrongPassphraseException _) {
      throw Complaint.wrongPassphrase(file);
    } catch (IllegalArgumentException e) {
      throw Complaint.damaged(file, e.getMessage());
    } finally {
      Arrays.fill(secret, '\0');
    }
  }

  private char[] ask(CaRef ca) {
    char[] secret = passphrase.ask(ca);
    if (secret.length == 0) {
      throw Complaint.emptyPassphrase(ca.name());
    }
    return secret;
  }

  private static void refuseOpenToOthers(Path file) throws IOException {
    if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return; // Windows: the folder's access list decides
    }
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
    if (!OWNER_ONLY.containsAll(permissions)) {
      throw Complaint.openToOthers(file, PosixFilePermissions.toString(permissions));
    }
  }
}
