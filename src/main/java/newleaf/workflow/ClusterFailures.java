package newleaf.workflow;

import newleaf.Explanation;
import newleaf.Failure;
import newleaf.NewleafException;

/// What can go wrong between home and the worker of a cluster.
final class ClusterFailures {
  private static final String GONE = "NL5402";

  private ClusterFailures() {}

  static NewleafException away(String cluster, ClusterCall call) {
    return remote(
        "NL5401",
        cluster,
        "no worker of this cluster answered in time (%s).".formatted(call.summary()),
        "Start one there with: newleaf worker --cluster " + cluster);
  }

  static NewleafException keyIsGone(String cluster) {
    return remote(
        GONE,
        cluster,
        "the key of the new leaf is not in the memory of its worker any more.",
        "Run the same command again; another one is made.");
  }

  /// To ask again for the same key does not bring it back.
  static boolean isKeyGone(NewleafException e) {
    return e.failure() instanceof Failure.RemoteError(var text) && text.code().equals(GONE);
  }

  static NewleafException otherKey(String cluster) {
    return refused(cluster, "the new leaf is not for the key that was made for it.");
  }

  /// @param why continues a sentence about the request
  static NewleafException notSigned(String cluster, String why) {
    return refused(cluster, "the request for a certificate %s; it was not signed.".formatted(why));
  }

  static NewleafException moved(String place) {
    return new NewleafException(
        new Failure.Stale(
            new Explanation(
                "NL5404", place, "holds another leaf than a moment ago.", "Run: newleaf plan")));
  }

  static NewleafException keyOfAnotherPlace(String place, String home) {
    return new NewleafException(
        new Failure.Refused(
            new Explanation(
                "NL5406",
                place,
                "was to get the key of %s; no key goes from one place to another.".formatted(home),
                "Find out who asked for it: temporal workflow list")));
  }

  static NewleafException notNamed(String cluster, String what) {
    return new NewleafException(
        new Failure.Refused(
            new Explanation(
                "NL5407",
                where(cluster),
                "its worker was asked about %s, which its file does not name.".formatted(what),
                "Give it the file that is used at home.")));
  }

  static NewleafException notUnderstood(String cluster, String what) {
    return new NewleafException(
        new Failure.Misconfigured(
            new Explanation(
                "NL5405",
                where(cluster),
                "its worker and this one do not understand each other: " + what + ".",
                "Run the same version of newleaf in both places.")));
  }

  private static NewleafException remote(String code, String cluster, String what, String next) {
    return new NewleafException(
        new Failure.RemoteError(new Explanation(code, where(cluster), what, next)));
  }

  private static NewleafException refused(String cluster, String what) {
    return new NewleafException(
        new Failure.Refused(
            new Explanation(
                "NL5403",
                where(cluster),
                what,
                "Find out who answers for this cluster, then run the same command again.")));
  }

  private static String where(String cluster) {
    return "cluster/" + cluster;
  }
}
