package newleaf.kube;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import newleaf.Explanation;
import newleaf.Failure;

/// What is said when the API server does not know the caller, or does not let it.
final class Denial {
  /// `secrets "tls" is forbidden: User "ann" cannot get resource "secrets" in API group "" in the
  /// namespace "booking"`, as RBAC says it.
  private static final Pattern WORDS =
      Pattern.compile(
          "User \"([^\"]*)\" cannot (\\w+) resource \"([^\"]*)\" in API group \"([^\"]*)\""
              + "(?: in the namespace \"([^\"]*)\"| at the cluster scope)");

  private static final Pattern ACCOUNT =
      Pattern.compile("system:serviceaccount:([^:\"]+):([^:\"]+)");

  private Denial() {}

  /// @param words of the server
  static Failure of(String server, String doing, int code, String words) {
    String next = code == 401 ? "Use a kubeconfig whose credentials are still good." : next(words);
    return new Failure.Denied(
        new Explanation("NL4010", server, doing + " was denied: " + words + ".", next));
  }

  private static String next(String words) {
    Matcher said = WORDS.matcher(words);
    if (!said.find()) {
      return "Grant it by RBAC, or use another kubeconfig.";
    }
    String place =
        said.group(5) == null ? "a ClusterRole" : "a Role in the namespace " + said.group(5);
    return "Grant %s by %s: apiGroups: [\"%s\"], resources: [%s], verbs: [%s]. See examples/kubernetes."
        .formatted(who(said.group(1)), place, said.group(4), said.group(3), said.group(2));
  }

  private static String who(String user) {
    Matcher account = ACCOUNT.matcher(user);
    return account.matches()
        ? "the service account %s/%s".formatted(account.group(1), account.group(2))
        : user;
  }
}
