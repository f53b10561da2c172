package newleaf.explain;

/// The desired state that `init` writes to begin with: valid as it is, with comments.
public final class Starter {
  public static final String ACCOUNT = "your-account";
  public static final String NAMESPACE = "your-namespace";

  private Starter() {}

  /// @param namespace with the account: `payments.a1b2c`
  public static String yaml(String account, String namespace) {
    return Resource.text("/newleaf/init/newleaf.yaml")
        .orElseThrow(() -> new IllegalStateException("the program lacks its starter file"))
        .replace(NAMESPACE + "." + ACCOUNT, namespace)
        .replace("account: " + ACCOUNT, "account: " + account);
  }
}
