package newleaf.workflow;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Ids of workflows and schedules. They are the same for everybody, so that two starts are one.
public final class WorkflowIds {
  private static final Pattern FLEET = Pattern.compile("(newleaf/[^/]+)/(apply|schedule).*");

  private WorkflowIds() {}

  static String all(String account) {
    return "newleaf/" + account + "/";
  }

  /// Of the fleet that a person started.
  static String apply(String account) {
    return all(account) + "apply";
  }

  /// Of the fleets that a schedule starts; Temporal adds the time.
  static String scheduled(String account) {
    return all(account) + "schedule";
  }

  static String drift(String account) {
    return all(account) + "drift";
  }

  static String rotation(String account, String share) {
    return all(account) + share;
  }

  /// Of one call to the worker of a cluster.
  static String call(String account, String cluster, String call) {
    return all(account) + "cluster/" + cluster + "/" + call;
  }

  /// Of a rotation, for the fleet that starts it.
  static String beside(String fleet, String share) {
    Matcher account = FLEET.matcher(fleet);
    if (!account.matches()) {
      throw new IllegalArgumentException("no fleet: " + fleet);
    }
    return account.group(1) + "/" + share;
  }
}
