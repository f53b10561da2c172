package newleaf.bench;

/// What kind of fleet.
///
/// @param seed two fleets of one shape, made for one moment, are alike to the last bit
record Shape(int namespaces, long seed, Workers workers, Due due) {
  /// Who holds leaves.
  enum Workers {
    /// nobody: namespaces and CAs alone, which is all that Terraform knows of
    NONE,
    /// everybody has a directory
    FILES,
    /// most have a Secret and a Deployment, some a Secret alone, some a directory
    CLUSTER
  }

  enum Due {
    NOTHING,
    /// every CA is to be replaced, so every namespace has to trust another one
    ROLLOVER
  }
}
