package newleaf.emulator.frontend;

import java.util.ArrayList;
import java.util.List;
import newleaf.cert.Fingerprint;

/// Every handshake in which a client showed a certificate, once each; safe for many threads. This
/// is the fact that Temporal Cloud keeps to itself: who still uses the old CA. A client that shows
/// no certificate is refused by TLS before anybody asks us, and so is not here; nor is one that is
/// trusted and then never speaks HTTP/2.
public final class HandshakeLog {
  private final List<Handshake> handshakes = new ArrayList<>();

  synchronized void add(Handshake handshake) {
    handshakes.add(handshake);
  }

  public synchronized List<Handshake> all() {
    return List.copyOf(handshakes);
  }

  public List<Handshake> of(Fingerprint leaf) {
    return all().stream().filter(h -> h.leaf().fingerprint().equals(leaf)).toList();
  }

  public long accepted(Fingerprint leaf) {
    return of(leaf).stream().filter(h -> h.verdict() instanceof Verdict.Accepted).count();
  }

  public long refused(Fingerprint leaf) {
    return of(leaf).stream().filter(h -> h.verdict() instanceof Verdict.Refused).count();
  }
}
