package newleaf.cert;

/// The limits of the accepted client CAs of one namespace (docs.temporal.io/evaluate/cloud/limits):
/// whichever is reached first.
public final class TrustBundle {
  public static final int MAX_CERTIFICATES = 16;

  /// PEM bytes before base64.
  public static final int MAX_BYTES = 32 * 1024;

  private TrustBundle() {}
}
