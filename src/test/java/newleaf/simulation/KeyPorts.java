package newleaf.simulation;

import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import newleaf.apply.CaKeys;
import newleaf.cert.CaProfile;
import newleaf.cert.HeldCertificate;
import newleaf.cert.LeafProfile;
import newleaf.observed.CaReading;
import newleaf.observed.CaRef;
import newleaf.observed.Cas;
import newleaf.observed.ObservedCa;

/// The keys of CAs as one process of newleaf reaches them.
record KeyPorts(World world, Life life) implements Cas, CaKeys {
  @Override
  public List<CaReading> read(CaRef ca) {
    life.instant();
    return world.authorities.read(ca);
  }

  @Override
  public CaReading make(CaRef ca, int generation, CaProfile profile) {
    sends(ca, generation);
    if (world.authorities.make(ca, generation, profile, life.instant())) {
      world.law.made(ca.name(), generation);
    }
    life.step("after making a CA");
    return world.authorities.reading(ca, generation);
  }

  @Override
  public CaReading renew(CaRef ca, int generation, int of, Duration validity) {
    sends(ca, generation);
    if (world.authorities.renew(ca, generation, of, validity, life.instant())) {
      world.law.made(ca.name(), generation);
    }
    life.step("after renewing a CA");
    return world.authorities.reading(ca, generation);
  }

  private void sends(CaRef ca, int generation) {
    world.law.sends(life, ObservedCa.address(ca.name(), generation));
    life.step("making a CA");
  }

  @Override
  public HeldCertificate issue(CaRef ca, int generation, LeafProfile profile) {
    life.step("issuing");
    return world.authorities.leaf(
        world.authorities.of(ca).get(generation), profile, life.instant());
  }

  @Override
  public X509Certificate issue(CaRef ca, int generation, LeafProfile profile, PublicKey key) {
    life.step("signing");
    return world
        .authorities
        .of(ca)
        .get(generation)
        .issue(profile, key, life.instant(), new SecureRandom());
  }

  @Override
  public boolean held(CaRef ca, int generation) {
    return world.authorities.of(ca).containsKey(generation);
  }

  @Override
  public HeldCertificate stranger(LeafProfile profile) {
    return world.authorities.leaf(Mint.foreign("Stranger", World.BEGIN), profile, life.instant());
  }
}
