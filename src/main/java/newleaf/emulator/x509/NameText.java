package newleaf.emulator.x509;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Domains, mailboxes and URIs inside certificates, as Go's crypto/x509 reads them: laxer than the
/// RFCs, and the same for everyone who connects to the service.
public final class NameText {
  private static final String ATOM = "[0-9A-Za-z!#$%&'*+\\-/=?^_`{|}~]+";
  private static final Pattern MAILBOX =
      Pattern.compile("(\"(?:[^\"\\\\]|\\\\.)*\"|" + ATOM + "(?:\\." + ATOM + ")*)@(.+)");
  private static final Pattern URI =
      Pattern.compile("[A-Za-z][A-Za-z0-9+.\\-]*:(?://(?:[^/?#@]*@)?([^/?#]*))?(.*)");
  private static final Pattern PORT = Pattern.compile(":\\d*$");
  private static final Pattern BROKEN_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
  private static final Pattern ADDRESS = Pattern.compile("\\[.*]|\\d+(\\.\\d+){3}|[0-9a-f]*:.*");

  private NameText() {}

  /// @param domain in lower case
  public record Mailbox(String local, String domain) {}

  /// @param constraint whether it may begin with a dot
  public static boolean isDomain(String text, boolean constraint) {
    if (text.isEmpty()) {
      return true;
    }
    String labels = constraint && text.startsWith(".") ? text.substring(1) : text;
    for (String label : labels.split("\\.", -1)) {
      if (label.isEmpty() || label.chars().anyMatch(c -> c <= ' ' || c > '~')) {
        return false;
      }
    }
    return true;
  }

  public static Optional<Mailbox> mailbox(String text) {
    Matcher parts = MAILBOX.matcher(text);
    return parts.matches() && isDomain(parts.group(2), false)
        ? Optional.of(new Mailbox(parts.group(1), parts.group(2).toLowerCase(Locale.ROOT)))
        : Optional.empty();
  }

  /// Whether a certificate with the URI can be read at all.
  public static boolean isUri(String text) {
    Matcher parts = URI.matcher(text);
    return parts.matches()
        && !CONTROL.matcher(text).find()
        && !BROKEN_ESCAPE.matcher(text).find()
        && (parts.group(1) == null || isDomain(parts.group(1), false));
  }

  /// The host of a URI in lower case; empty where there is none, or an address for one.
  public static Optional<String> host(String uri) {
    Matcher parts = URI.matcher(uri);
    if (!parts.matches() || parts.group(1) == null) {
      return Optional.empty();
    }
    String host = PORT.matcher(parts.group(1).toLowerCase(Locale.ROOT)).replaceFirst("");
    return host.isEmpty() || isAddress(host) ? Optional.empty() : Optional.of(host);
  }

  public static boolean isAddress(String host) {
    return ADDRESS.matcher(host).matches();
  }
}
