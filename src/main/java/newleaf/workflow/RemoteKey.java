package newleaf.workflow;

import java.security.PrivateKey;

/// A private key that is in a cluster: only its name is here, so nothing can be signed with it, and
/// nobody can read it.
final class RemoteKey implements PrivateKey {
  private static final long serialVersionUID = 1;

  private final String cluster;
  private final transient KeyName name;

  RemoteKey(String cluster, KeyName name) {
    this.cluster = cluster;
    this.name = name;
  }

  String cluster() {
    return cluster;
  }

  KeyName name() {
    return name;
  }

  @Override
  public String getAlgorithm() {
    return "in a cluster";
  }

  /// As the interface says of a key that can not be encoded.
  @Override
  public String getFormat() {
    return null;
  }

  @Override
  public byte[] getEncoded() {
    return null;
  }

  @Override
  public String toString() {
    return "RemoteKey[" + name.text() + ", in cluster " + cluster + "]";
  }
}
