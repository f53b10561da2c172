package newleaf.apply;

import newleaf.cert.HeldCertificate;
import newleaf.observed.LeafPlace;
import newleaf.observed.Leaves;

/// Somewhere leaves lie, behind its ports, and somebody else who writes there, too.
interface LeafSide extends AutoCloseable {
  Leaves leaves();

  LeafDelivery delivery();

  /// Where nothing lies yet; another one each time.
  LeafPlace place();

  /// Somebody else writes a leaf, without asking.
  void byHand(LeafPlace place, HeldCertificate leaf);

  @Override
  void close();
}
