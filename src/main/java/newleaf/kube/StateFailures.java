package newleaf.kube;

import newleaf.Explanation;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.Printable;

/// What is said when a state in a cluster can not be read or written.
final class StateFailures {
  private static final String CHECK = "See what is left of it: newleaf state check";

  private StateFailures() {}

  static NewleafException full(String where, int parts) {
    return new NewleafException(
        new Failure.Refused(
            new Explanation(
                "NL6020",
                where,
                "would need more than the %d Secrets that one document may have; nothing was"
                        .formatted(parts)
                    + " written.",
                "So large a state belongs into a folder on a volume: take `state:` out of the file,"
                    + " then: newleaf state move --from kubernetes:"
                    + where.replaceFirst("secret/", ""))));
  }

  static NewleafException notOurs(String where, String type) {
    return new NewleafException(
        new Failure.Refused(
            new Explanation(
                "NL6021",
                where,
                "is a Secret of type %s, which newleaf did not make as a state; it is neither read"
                        .formatted(Printable.of(type))
                    + " nor written.",
                "Name another in `state:`.")));
  }

  static NewleafException damaged(String where, String why, Exception cause) {
    return new NewleafException(
        new Failure.Damaged(
            new Explanation(
                "NL6022",
                where,
                "is not what newleaf wrote (%s).".formatted(Printable.of(why)),
                CHECK
                    + " ; restore the Secret from a backup of the cluster, or begin anew by"
                    + " deleting it")),
        cause);
  }

  static NewleafException noRecord(String where, String why) {
    return new NewleafException(
        new Failure.Damaged(
            new Explanation(
                "NL6023",
                where,
                "is no record of newleaf's lock (%s).".formatted(Printable.of(why)),
                "If no run is at work, delete it: kubectl delete "
                    + where.replaceFirst("lease/(.*)/(.*)", "lease $2 -n $1"))));
  }
}
