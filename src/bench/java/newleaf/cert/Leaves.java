package newleaf.cert;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/// What it takes to issue a leaf, and what of it goes where, in microseconds: `Leaves <seconds for
/// each>`.
final class Leaves {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Subject SUBJECT =
      new Subject("orders.bench1", Optional.of("Acme"), Optional.empty());

  private Leaves() {}

  public static void main(String[] args) throws Exception {
    Duration each = Duration.ofSeconds(Long.parseLong(args[0]));
    Instant now = Instant.now();
    Subject name = new Subject("Bench CA", Optional.of("Acme"), Optional.empty());
    CaProfile profile = new CaProfile(name, KeyAlgorithm.EC_P256, Duration.ofDays(365));
    CertificateAuthority ca = CertificateAuthority.selfSigned(profile, 1, now, RANDOM);
    LeafProfile leaf =
        new LeafProfile(SUBJECT, KeyAlgorithm.EC_P256, Duration.ofDays(30), List.of());
    PrivateKey key = PrivateKeys.generate(KeyAlgorithm.EC_P256, RANDOM);
    System.out.printf("random source: %s of %s%n", RANDOM.getAlgorithm(), RANDOM.getProvider());
    time("leaf", each, () -> ca.issue(leaf, now, RANDOM));
    time("key", each, () -> PrivateKeys.generate(KeyAlgorithm.EC_P256, RANDOM));
    time("public-key", each, () -> PrivateKeys.publicKeyOf(key));
    time("signature", each, () -> signature(key));
    time("parsing", each, () -> Pem.certificate(ca.certificate().getEncoded()));
  }

  private static byte[] signature(PrivateKey key) throws GeneralSecurityException {
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(key, RANDOM);
    signature.update(new byte[300]);
    return signature.sign();
  }

  /// As long again before it counts.
  private static void time(String what, Duration each, Callable<?> one) throws Exception {
    run(each, one);
    System.out.printf("%s %.1f us%n", what, run(each, one));
  }

  private static double run(Duration lasts, Callable<?> one) throws Exception {
    long start = System.nanoTime();
    long end = start + lasts.toNanos();
    long calls = 0;
    long now = start;
    for (; now < end; now = System.nanoTime()) {
      one.call();
      calls++;
    }
    return (now - start) / 1e3 / calls;
  }
}
