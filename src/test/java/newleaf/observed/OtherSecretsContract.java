package newleaf.observed;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import java.util.List;
import newleaf.cert.Certificate;
import newleaf.cert.Fingerprint;
import newleaf.cert.HeldCertificate;
import newleaf.emulator.cluster.TestCa;
import org.junit.jupiter.api.Test;

/// What every look into the Secrets that nobody named has to find.
public abstract class OtherSecretsContract {
  private static final TestCa OLD = new TestCa("Old CA");
  private static final TestCa TWIN = new TestCa("Old CA");

  /// @param named those of the YAML
  protected abstract OtherSecrets secrets(List<LeafPlace> named);

  /// A Secret of that name that nobody else uses.
  protected abstract LeafPlace.Secret place(String name);

  protected abstract void put(LeafPlace.Secret place, HeldCertificate leaf);

  private static Issuers issuers(X509Certificate... cas) {
    return Observer.among(List.of(cas));
  }

  private List<Sweep.Stray> strays(Issuers issuers, LeafPlace... named) {
    return secrets(List.of(named)).find(issuers).orElseThrow().strays();
  }

  @Test
  public void leafOfTheCaIsFoundWithItsPlace() {
    LeafPlace.Secret place = place("stray");
    HeldCertificate leaf = OLD.leaf("stray");
    put(place, leaf);
    assertThat(strays(issuers(OLD.certificate())))
        .containsExactly(
            new Sweep.Stray(
                place, Certificate.of(leaf.certificate()), Fingerprint.of(OLD.certificate())));
  }

  @Test
  public void leafOfACaOfTheSameNameIsAnothers() {
    put(place("twin"), TWIN.leaf("twin"));
    assertThat(strays(issuers(OLD.certificate()))).isEmpty();
    assertThat(strays(issuers(OLD.certificate(), TWIN.certificate())))
        .extracting(Sweep.Stray::issuedBy)
        .containsExactly(Fingerprint.of(TWIN.certificate()));
  }

  @Test
  public void nothingIsHeldBackWhereEverythingCouldBeLookedAt() {
    assertThat(secrets(List.of()).find(issuers(OLD.certificate())).orElseThrow().notLooked())
        .isEmpty();
  }

  @Test
  public void placeOfTheYamlIsNoStray() {
    LeafPlace.Secret place = place("declared");
    put(place, OLD.leaf("declared"));
    assertThat(strays(issuers(OLD.certificate()), place)).isEmpty();
  }
}
