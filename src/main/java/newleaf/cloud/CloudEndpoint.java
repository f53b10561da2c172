package newleaf.cloud;

import java.util.Optional;
import java.util.function.Supplier;

/// Where the Cloud Ops API is and how to speak to it.
///
/// @param address host:port
/// @param apiKey asked anew for each call, so that a key rotated meanwhile is used
/// @param apiKeyFrom where the key comes from, for messages: `TEMPORAL_CLOUD_API_KEY`
/// @param plaintext no TLS; for a local emulator only
/// @param serverCa PEM of the CAs that may vouch for the server; empty for the system's own
public record CloudEndpoint(
    String address,
    Supplier<String> apiKey,
    String apiKeyFrom,
    boolean plaintext,
    Optional<String> serverCa) {
  @Override
  public String toString() {
    return "CloudEndpoint[" + address + "]"; // a supplier's own toString could show the key
  }
}
