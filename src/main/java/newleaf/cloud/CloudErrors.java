package newleaf.cloud;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Locale;
import java.util.regex.Pattern;
import newleaf.Explanation;
import newleaf.Failure;
import newleaf.NewleafException;

/// Turns what gRPC throws into what a person can act on.
final class CloudErrors {
  private static final String AGAIN = "Run the same command again; that is safe.";
  private static final String CHANGING = "changing";

  /// What gRPC adds to a missed deadline, for its developers.
  private static final Pattern DEADLINE_DETAILS =
      Pattern.compile("(?s)\\. Name resolution delay.*");

  private final CloudEndpoint endpoint;

  CloudErrors(CloudEndpoint endpoint) {
    this.endpoint = endpoint;
  }

  /// @param doing what was being done and to what: `reading`
  /// @param where the resource address: `namespace/pay.a1b2c`
  NewleafException of(StatusRuntimeException error, String doing, String where) {
    return new NewleafException(failure(error, doing, where), error);
  }

  /// Of a refused change: the world moved, or any other failure.
  NewleafException ofUpdate(StatusRuntimeException error, String where) {
    if (saysStale(error.getStatus())) {
      return new NewleafException(stale(where, "the service says " + said(error)), error);
    }
    if (saysNotYetValid(error.getStatus())) {
      return new NewleafException(early(where, said(error)), error);
    }
    return of(error, CHANGING, where);
  }

  static Failure stale(String where, String why) {
    return new Failure.Stale(
        new Explanation(
            "NL3005",
            where,
            "it changed since it was looked at: " + why + ". Nothing was changed.",
            "Run: newleaf plan"));
  }

  /// Which code the service uses for a stale resource version is written nowhere.
  private static boolean saysStale(Status status) {
    return switch (status.getCode()) {
      case FAILED_PRECONDITION, ABORTED -> true;
      case INVALID_ARGUMENT -> lower(status).matches("(?s).*resource.?version.*");
      default -> false;
    };
  }

  /// A CA is made with a start five minutes back, so one that has not begun there was made by
  /// another clock. Of an expired CA the service says "has expired or is not yet valid" too.
  private static boolean saysNotYetValid(Status status) {
    String said = lower(status);
    return status.getCode() == Status.Code.INVALID_ARGUMENT
        && (said.contains("not valid before") || said.contains("not yet valid"))
        && !said.contains("is expired");
  }

  /// The service's answer to a spec that equals the present one (also what tcld looks for).
  static boolean saysNothingToChange(StatusRuntimeException error) {
    return error.getStatus().getCode() == Status.Code.INVALID_ARGUMENT
        && lower(error.getStatus()).contains("nothing to change");
  }

  private static String lower(Status status) {
    String description = status.getDescription();
    return description == null ? "" : description.toLowerCase(Locale.ROOT);
  }

  private Failure failure(StatusRuntimeException error, String doing, String where) {
    return switch (error.getStatus().getCode()) {
      case UNAUTHENTICATED ->
          new Failure.Denied(
              text("NL3001", where, doing, "does not know the API key: " + said(error), key()));
      case PERMISSION_DENIED ->
          new Failure.Denied(
              text("NL3002", where, doing, "does not allow it: " + said(error), role()));
      case UNAVAILABLE ->
          remote("NL3003", where, doing, "can not be reached: " + said(error), network(doing));
      case DEADLINE_EXCEEDED ->
          remote("NL3011", where, doing, "did not answer in time: " + said(error), again(doing));
      case CANCELLED -> remote("NL3010", where, doing, "was left waiting: interrupted", AGAIN);
      case NOT_FOUND ->
          remote("NL3012", where, doing, "does not have it: " + said(error), spelling());
      case RESOURCE_EXHAUSTED ->
          remote("NL3016", where, doing, "says too many calls: " + said(error), AGAIN);
      case INTERNAL, UNKNOWN ->
          remote("NL3004", where, doing, "failed itself: " + said(error), again(doing));
      default -> remote("NL3004", where, doing, "answered " + said(error), plan());
    };
  }

  /// The service's words; should it repeat the key, without it.
  private String said(StatusRuntimeException error) {
    String key = endpoint.apiKey().get().strip();
    String words =
        DEADLINE_DETAILS.matcher(Words.of(error)).replaceFirst("").replaceFirst("\\.$", "");
    return key.isEmpty() ? words : words.replace(key, "[API key]");
  }

  private Failure remote(String code, String where, String doing, String said, String next) {
    return new Failure.RemoteError(text(code, where, doing, said, next));
  }

  private Explanation text(String code, String where, String doing, String said, String next) {
    String what = "%s failed: Cloud Ops API at %s %s.".formatted(doing, endpoint.address(), said);
    return new Explanation(code, where, what, next);
  }

  private String key() {
    return "Set " + endpoint.apiKeyFrom() + " to a valid API key of the account.";
  }

  private String role() {
    return "Give the owner of the key in "
        + endpoint.apiKeyFrom()
        + " the permission Namespace Admin.";
  }

  private static String network(String doing) {
    return "Check the address and the network. " + again(doing);
  }

  /// Of a change that got no answer nobody knows whether it was made.
  private static String again(String doing) {
    return doing.equals(CHANGING)
        ? "Run the same command again; that is safe, it first asks what became of the change."
        : AGAIN;
  }

  private static Failure early(String where, String said) {
    String what =
        "a new CA is not valid yet by the clock of the service, so the clocks of this machine and"
            + " of the service differ by more than 5 minutes. Nothing was changed. The service"
            + " says: ";
    return new Failure.RemoteError(new Explanation("NL3018", where, what + said + ".", clock()));
  }

  private static String spelling() {
    return "Check that the name is <namespace>.<account> and the API key of that account.";
  }

  private static String clock() {
    return "Set this machine's clock right, wait until the new CA's start has come, and run the same"
        + " command again.";
  }

  private static String plan() {
    return "Run: newleaf plan";
  }
}
