package newleaf.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import newleaf.apply.CaKeys;
import newleaf.apply.CaStore;
import newleaf.cert.CaProfile;
import newleaf.cert.Certificate;
import newleaf.cert.CertificateAuthority;
import newleaf.cert.HeldCertificate;
import newleaf.cert.KeyAlgorithm;
import newleaf.cert.LeafProfile;
import newleaf.cert.Pem;
import newleaf.cert.PrivateKeys;
import newleaf.cert.Subject;
import newleaf.cert.Validity;
import newleaf.observed.CaReading;
import newleaf.observed.CaRef;
import newleaf.observed.Cas;
import newleaf.observed.ObservedCa;

/// CAs in files: `booking-g2.key` (encrypted PKCS#8) and then `booking-g2.crt`. The certificate is
/// what makes a generation exist, so a crash between the two leaves a key that the next run takes
/// up. Two runs at once on one store are kept apart by the lock of the state.
public final class CaKeyFiles implements Cas, CaKeys {
  /// Leaves that prove something live for minutes.
  private static final Duration NOBODYS_ROOM = Duration.ofDays(1);

  private final Function<CaRef, CaStore> stores;
  private final KeyVault vault;
  private final InstantSource clock;
  private final SecureRandom random;

  /// Those whose key was seen to belong to their certificate.
  private final Map<X509Certificate, CertificateAuthority> authorities = new ConcurrentHashMap<>();

  private Optional<CertificateAuthority> nobodys = Optional.empty();

  /// @param base what relative folders of CAs are relative to: the folder of the YAML file
  public CaKeyFiles(Path base, Passphrase passphrase, InstantSource clock, SecureRandom random) {
    this(ca -> new CaFolder(base.resolve(ca.directory())), passphrase, clock, random);
  }

  /// @param stores where the files of a CA are
  public CaKeyFiles(
      Function<CaRef, CaStore> stores,
      Passphrase passphrase,
      InstantSource clock,
      SecureRandom random) {
    this.stores = stores;
    this.vault = new KeyVault(passphrase, random);
    this.clock = clock;
    this.random = random;
  }

  @Override
  public List<CaReading> read(CaRef ca) {
    return readAll(List.of(ca));
  }

  /// Looks once into each store.
  @Override
  public List<CaReading> readAll(List<CaRef> cas) {
    Map<String, CaListing> listed = new HashMap<>();
    List<CaReading> found = new ArrayList<>();
    for (CaRef ca : cas) {
      CaFiles files = CaFiles.of(stores.apply(ca), ca);
      try {
        CaListing listing = listed.get(ca.directory());
        if (listing == null) {
          listing = CaListing.of(files.store());
          listed.put(ca.directory(), listing);
        }
        for (int generation : listing.generations(ca.name())) {
          found.add(reading(files, generation, listing.has(files.key(generation))));
        }
      } catch (IOException e) {
        throw Complaint.io(files.where(files.certificate(1)), e);
      }
    }
    return List.copyOf(found);
  }

  @Override
  public CaReading make(CaRef ca, int generation, CaProfile profile) {
    CaFiles files = CaFiles.of(stores.apply(ca), ca);
    try {
      if (!files.certified(generation)) {
        certify(files, generation, profile, keyFor(ca, files, generation, profile.key()));
      }
      return reading(files, generation);
    } catch (IOException e) {
      throw Complaint.io(files.where(files.certificate(generation)), e);
    }
  }

  @Override
  public CaReading renew(CaRef ca, int generation, int of, Duration validity) {
    CaFiles files = CaFiles.of(stores.apply(ca), ca);
    try {
      if (!files.certified(generation)) {
        if (!held(files, of)) {
          throw Complaint.noKey(files.where(files.key(of)));
        }
        CertificateAuthority before = authority(ca, files, of);
        // over a key that an interrupted make may have left: nothing was ever signed with that
        vault.store(ca, files, generation, vault.open(ca, files, of));
        write(files, generation, before.renewed(validity, clock.instant(), random));
      }
      return reading(files, generation);
    } catch (IOException e) {
      throw Complaint.io(files.where(files.certificate(generation)), e);
    }
  }

  private static void write(CaFiles files, int generation, CertificateAuthority authority)
      throws IOException {
    byte[] pem = Pem.of(authority.certificate()).getBytes(StandardCharsets.US_ASCII);
    files.store().write(files.certificate(generation), pem);
  }

  @Override
  public HeldCertificate issue(CaRef ca, int generation, LeafProfile profile) {
    return issue(ca, generation, authority -> authority.issue(profile, clock.instant(), random));
  }

  @Override
  public X509Certificate issue(CaRef ca, int generation, LeafProfile profile, PublicKey key) {
    return issue(
        ca, generation, authority -> authority.issue(profile, key, clock.instant(), random));
  }

  private <T> T issue(CaRef ca, int generation, Function<CertificateAuthority, T> act) {
    CaFiles files = CaFiles.of(stores.apply(ca), ca);
    try {
      if (!held(files, generation)) {
        throw Complaint.noKey(files.where(files.key(generation)));
      }
      CertificateAuthority authority = authority(ca, files, generation);
      checkStarted(files.where(files.certificate(generation)), authority);
      return act.apply(authority);
    } catch (IllegalArgumentException e) {
      throw Complaint.canNotIssue(files.where(files.certificate(generation)), e.getMessage());
    } catch (IOException e) {
      throw Complaint.io(files.where(files.key(generation)), e);
    }
  }

  /// A leaf from before its CA would be valid at no time.
  private void checkStarted(String file, CertificateAuthority authority) {
    Instant from = authority.certificate().getNotBefore().toInstant();
    Instant now = clock.instant();
    if (now.isBefore(from)) {
      throw Complaint.notStarted(file, from, now);
    }
  }

  @Override
  public boolean held(CaRef ca, int generation) {
    CaFiles files = CaFiles.of(stores.apply(ca), ca);
    try {
      return held(files, generation);
    } catch (IOException e) {
      throw Complaint.io(files.where(files.key(generation)), e);
    }
  }

  private static boolean held(CaFiles files, int generation) throws IOException {
    return files.certified(generation) && files.keyHeld(generation);
  }

  @Override
  public HeldCertificate stranger(LeafProfile profile) {
    Instant now = clock.instant();
    return nobodys(now).issue(profile, now, random);
  }

  /// A CA that nobody trusts. One does for many namespaces, as long as its leaves are refused for
  /// nothing else.
  private synchronized CertificateAuthority nobodys(Instant now) {
    nobodys =
        nobodys.filter(ca -> {
          Validity validity = Certificate.of(ca.certificate()).validity();
          return validity.holdsAt(now) && validity.holdsAt(now.plus(NOBODYS_ROOM));
        });
    if (nobodys.isEmpty()) {
      var subject = new Subject("newleaf stranger", Optional.empty(), Optional.empty());
      var unknown = new CaProfile(subject, KeyAlgorithm.EC_P256, NOBODYS_ROOM.multipliedBy(2));
      nobodys = Optional.of(CertificateAuthority.selfSigned(unknown, 1, now, random));
    }
    return nobodys.get();
  }

  private PrivateKey keyFor(CaRef ca, CaFiles files, int generation, KeyAlgorithm algorithm)
      throws IOException {
    if (files.keyHeld(generation)) {
      return vault.open(ca, files, generation);
    }
    samePassphrase(ca, files);
    PrivateKey key = PrivateKeys.generate(algorithm, random);
    vault.store(ca, files, generation, key);
    return key;
  }

  /// A new key under a mistyped passphrase would be found out when it is needed, and lost by then.
  /// So the passphrase has to open the newest key there is.
  private void samePassphrase(CaRef ca, CaFiles files) throws IOException {
    for (int generation : files.generations().reversed()) {
      if (files.keyHeld(generation)) {
        vault.open(ca, files, generation);
        return;
      }
    }
  }

  private void certify(CaFiles files, int generation, CaProfile profile, PrivateKey key)
      throws IOException {
    var authority =
        CertificateAuthority.selfSigned(profile, generation, key, clock.instant(), random);
    String type = Certificate.of(authority.certificate()).key();
    if (!type.equals(profile.key().text())) {
      throw Complaint.otherKeyType(files.where(files.key(generation)), type, profile.key().text());
    }
    write(files, generation, authority);
  }

  private CertificateAuthority authority(CaRef ca, CaFiles files, int generation)
      throws IOException {
    X509Certificate certificate = certificate(files, generation);
    PrivateKey key = vault.open(ca, files, generation);
    CertificateAuthority known = authorities.get(certificate);
    if (known != null) {
      return known;
    }
    if (!PrivateKeys.matches(certificate, key)) {
      throw Complaint.damaged(
          files.where(files.key(generation)), "the key does not belong to its certificate.");
    }
    var authority = CertificateAuthority.of(new HeldCertificate(certificate, key));
    authorities.put(certificate, authority);
    return authority;
  }

  private static CaReading reading(CaFiles files, int generation) throws IOException {
    return reading(files, generation, files.keyHeld(generation));
  }

  private static CaReading reading(CaFiles files, int generation, boolean keyHeld)
      throws IOException {
    X509Certificate x509 = certificate(files, generation);
    return new CaReading(
        new ObservedCa(files.name(), generation, Certificate.of(x509), keyHeld), x509);
  }

  private static X509Certificate certificate(CaFiles files, int generation) throws IOException {
    String file = files.where(files.certificate(generation));
    byte[] pem =
        files
            .store()
            .read(files.certificate(generation))
            .orElseThrow(() -> new NoSuchFileException(file));
    List<X509Certificate> found;
    try {
      found = Pem.certificates(new String(pem, StandardCharsets.ISO_8859_1));
    } catch (IllegalArgumentException e) {
      throw Complaint.damaged(file, e.getMessage() + ".");
    }
    if (found.size() != 1) {
      throw Complaint.damaged(file, "there are " + found.size() + " certificates, not one.");
    }
    return switch (found.getFirst().getPublicKey()) {
      case RSAPublicKey _, ECPublicKey _ -> found.getFirst();
      case PublicKey other ->
          throw Complaint.damaged(
              file, "the key is of type " + other.getAlgorithm() + ", neither RSA nor ECDSA.");
    };
  }
}
