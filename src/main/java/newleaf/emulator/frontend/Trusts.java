package newleaf.emulator.frontend;

import java.util.Optional;

/// Where the frontend asks, at every handshake and every call, what a namespace trusts.
@FunctionalInterface
public interface Trusts {

  /// Empty when the namespace does not exist or has mTLS off; then nobody gets in.
  Optional<Trust> current(String namespace);
}
