package newleaf.cloud;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import newleaf.Printable;

/// A peer's words, made safe to print and cut to a bearable length.
final class Words {
  private static final int MAX = 600;
  private static final int MAX_CAUSES = 20;

  private Words() {}

  static String of(String text) {
    String stripped = text.strip();
    return stripped.codePointCount(0, stripped.length()) > MAX
        ? Printable.of(stripped.substring(0, stripped.offsetByCodePoints(0, MAX))) + "..."
        : Printable.of(stripped);
  }

  /// `PERMISSION_DENIED: Request unauthorized`; what lies under it when that says more.
  static String of(Throwable error) {
    String said = error instanceof StatusRuntimeException rpc ? of(rpc.getStatus()) : plain(error);
    return error.getCause() == null ? said : said + " (" + plain(causes(error).getLast()) + ")";
  }

  private static String of(Status status) {
    String description = status.getDescription();
    return status.getCode() + (description == null ? "" : ": " + of(description));
  }

  /// The error, its cause, the cause of that and so on; never empty, and bounded, since a chain may
  /// be a ring.
  static List<Throwable> causes(Throwable error) {
    List<Throwable> found = new ArrayList<>();
    for (Throwable t = error; t != null && found.size() < MAX_CAUSES; t = t.getCause()) {
      found.add(t);
    }
    return found;
  }

  private static String plain(Throwable error) {
    String message = error.getMessage();
    return message == null ? error.getClass().getSimpleName() : of(message);
  }
}
