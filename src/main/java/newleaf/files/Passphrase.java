package newleaf.files;

import newleaf.observed.CaRef;

/// Where the passphrase of a CA's keys comes from: an environment variable, a file, a prompt.
@FunctionalInterface
public interface Passphrase {

  /// A fresh array, which the caller clears after use.
  ///
  /// @throws newleaf.NewleafException Misconfigured when there is none
  char[] ask(CaRef ca);
}
