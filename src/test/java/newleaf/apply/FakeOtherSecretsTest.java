package newleaf.apply;

import java.util.List;
import newleaf.cert.HeldCertificate;
import newleaf.observed.LeafPlace;
import newleaf.observed.OtherSecrets;
import newleaf.observed.OtherSecretsContract;

/// The fake keeps the contract.
class FakeOtherSecretsTest extends OtherSecretsContract {
  private final FakeOtherSecrets secrets = new FakeOtherSecrets();

  @Override
  protected OtherSecrets secrets(List<LeafPlace> named) {
    named.forEach(secrets.held::remove);
    return secrets;
  }

  @Override
  protected LeafPlace.Secret place(String name) {
    return new LeafPlace.Secret("apps", name);
  }

  @Override
  protected void put(LeafPlace.Secret place, HeldCertificate leaf) {
    secrets.held.put(place, leaf);
  }
}
