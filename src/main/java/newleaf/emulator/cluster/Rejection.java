package newleaf.emulator.cluster;

import java.util.List;

/// A request that the API refuses, as the `Status` object that Kubernetes answers with.
final class Rejection extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int code;
  private final String reason;
  private final transient Doc details;

  private Rejection(int code, String reason, String message, Doc details) {
    super(message);
    this.code = code;
    this.reason = reason;
    this.details = details;
  }

  static Rejection badRequest(String message) {
    return new Rejection(400, "BadRequest", message, Doc.EMPTY);
  }

  static Rejection unauthorized() {
    return new Rejection(401, "Unauthorized", "Unauthorized", Doc.EMPTY);
  }

  static Rejection forbidden(Key key, String user, String verb) {
    String what =
        "%s resource \"%s\" in API group \"%s\" in the namespace \"%s\""
            .formatted(verb, key.kind().plural(), key.kind().group(), key.namespace());
    String object = "%s \"%s\"".formatted(key.kind().plural(), key.name());
    String message = object + " is forbidden: User \"" + user + "\" cannot " + what;
    return new Rejection(403, "Forbidden", message, about(key));
  }

  static Rejection noSuchPath() {
    return new Rejection(
        404, "NotFound", "the server could not find the requested resource", Doc.EMPTY);
  }

  static Rejection notFound(Key key) {
    return new Rejection(404, "NotFound", quoted(key) + " not found", about(key));
  }

  static Rejection notAllowed() {
    return new Rejection(
        405,
        "MethodNotAllowed",
        "the server does not allow this method on the requested resource",
        Doc.EMPTY);
  }

  static Rejection alreadyExists(Key key) {
    return new Rejection(409, "AlreadyExists", quoted(key) + " already exists", about(key));
  }

  static Rejection modified(Key key) {
    return conflict(
        key,
        "the object has been modified; please apply your changes to the latest version and try"
            + " again");
  }

  static Rejection conflict(Key key, String why) {
    String message = "Operation cannot be fulfilled on " + quoted(key) + ": " + why;
    return new Rejection(409, "Conflict", message, about(key));
  }

  /// Server-side apply met fields that others own.
  static Rejection fieldConflicts(Key key, String message, List<Doc> causes) {
    return new Rejection(409, "Conflict", message, about(key).with(causes, "causes"));
  }

  static Rejection expired(long version) {
    return new Rejection(410, "Expired", "too old resource version: " + version, Doc.EMPTY);
  }

  static Rejection unsupported(String type) {
    return new Rejection(
        415,
        "UnsupportedMediaType",
        "the body of the request was in an unknown format - accepted media types include:"
            + " application/json-patch+json, application/merge-patch+json,"
            + " application/strategic-merge-patch+json, application/apply-patch+yaml; not "
            + type,
        Doc.EMPTY);
  }

  static Rejection invalid(Key key, String field, String why) {
    Doc cause = Doc.of("field", field).with(why, "message").with("FieldValueInvalid", "reason");
    return new Rejection(
        422,
        "Invalid",
        "%s \"%s\" is invalid: %s: %s".formatted(key.kind().kind(), key.name(), field, why),
        about(key).with(List.of(cause), "causes"));
  }

  static Rejection tooManyRequests() {
    return new Rejection(
        429,
        "TooManyRequests",
        "the server has received too many requests and has asked us to try again later",
        Doc.EMPTY);
  }

  static Rejection broken() {
    return new Rejection(
        500, "InternalError", "Internal error occurred: etcdserver: request timed out", Doc.EMPTY);
  }

  static Rejection unavailable() {
    return new Rejection(
        503,
        "ServiceUnavailable",
        "the server is currently unable to handle the request",
        Doc.EMPTY);
  }

  int code() {
    return code;
  }

  Doc status() {
    return Doc.of("kind", "Status")
        .with("v1", "apiVersion")
        .with(Doc.EMPTY, "metadata")
        .with("Failure", "status")
        .with(getMessage(), "message")
        .with(reason, "reason")
        .with(details, "details")
        .with((long) code, "code");
  }

  private static String quoted(Key key) {
    String group = key.kind().group();
    return key.kind().plural() + (group.isEmpty() ? "" : "." + group) + " \"" + key.name() + "\"";
  }

  private static Doc about(Key key) {
    return Doc.of("name", key.name())
        .with(key.kind().group(), "group")
        .with(key.kind().plural(), "kind");
  }
}
