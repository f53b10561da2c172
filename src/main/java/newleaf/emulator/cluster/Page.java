package newleaf.emulator.cluster;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/// A part of a list, as `limit` and `continue` ask for it. Other than etcd's, a later page shows
/// what has changed since the first.
///
/// @param next the `continue` of the page after it; empty at the end
record Page(List<Doc> items, String next) {

  /// @param all in the order of namespace and name
  /// @param after the `continue` of the call; empty for the first page
  static Page of(List<Doc> all, String limit, String after) {
    String last = decoded(after);
    List<Doc> left = all.stream().filter(o -> place(o).compareTo(last) > 0).toList();
    int size = size(limit);
    if (size == 0 || left.size() <= size) {
      return new Page(left, "");
    }
    List<Doc> items = left.subList(0, size);
    byte[] end = place(items.getLast()).getBytes(StandardCharsets.UTF_8);
    return new Page(items, Base64.getUrlEncoder().withoutPadding().encodeToString(end));
  }

  /// Sorts as the list does.
  private static String place(Doc object) {
    return object.namespace() + "\u0000" + object.name();
  }

  private static int size(String limit) {
    try {
      return limit.isEmpty() ? 0 : Integer.parseInt(limit);
    } catch (NumberFormatException _) {
      throw Rejection.badRequest("Invalid value: \"" + limit + "\": limit");
    }
  }

  private static String decoded(String token) {
    try {
      return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      throw Rejection.badRequest("continue key is not valid");
    }
  }
}
