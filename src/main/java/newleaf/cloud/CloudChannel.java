package newleaf.cloud;

import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.temporal.api.cloud.cloudservice.v1.CloudServiceGrpc;
import io.temporal.api.cloud.cloudservice.v1.CloudServiceGrpc.CloudServiceBlockingStub;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.TrustManager;
import newleaf.Explanation;
import newleaf.Failure;
import newleaf.NewleafException;

/// The one connection to the Cloud Ops API, made when first used. The generated stub on an own
/// channel, since the SDK's `CloudServiceStubs` cost most of a second at start-up.
public final class CloudChannel implements AutoCloseable {
  /// The service decides by this which fields the caller knows, so it is the version of the protos
  /// that temporal-serviceclient 1.38.0 compiles: its submodule was last set to v0.14.0
  /// (github.com/temporalio/sdk-java/pull/2864), and its classes have `fairness` of v0.14 but not
  /// the `project_id` of later ones.
  static final String API_VERSION = "v0.14.0";

  private static final Metadata.Key<String> VERSION = ascii("temporal-cloud-api-version");
  private static final Metadata.Key<String> AUTHORIZATION = ascii("authorization");

  /// 1,000 namespaces with full bundles of 32 KB would be 32 MB; gRPC's own limit is 4 MB.
  private static final int MAX_ANSWER_BYTES = 64 * 1024 * 1024;

  private static final Duration CALL_LIMIT = Duration.ofSeconds(30);

  private final CloudEndpoint endpoint;
  private final Duration callLimit;
  private final RequestRate rate;
  private Optional<Wire> wire = Optional.empty();
  private boolean closed;

  public CloudChannel(CloudEndpoint endpoint) {
    this(endpoint, CALL_LIMIT, new RequestRate(RequestRate.DEFAULT_PER_SECOND));
  }

  /// @param callLimit how long one call may take
  /// @param rate shared by all that use the channel
  public CloudChannel(CloudEndpoint endpoint, Duration callLimit, RequestRate rate) {
    this.endpoint = endpoint;
    this.callLimit = callLimit;
    this.rate = rate;
  }

  public CloudChannel(CloudEndpoint endpoint, RequestRate rate) {
    this(endpoint, CALL_LIMIT, rate);
  }

  /// Initializes most of the classes that a connection needs, which takes most of the time of the
  /// first call, and connects to nothing.
  public static void prepare() {
    Wire.open(NettyChannelBuilder.forTarget("localhost").usePlaintext()).close();
  }

  RequestRate rate() {
    return rate;
  }

  CloudEndpoint endpoint() {
    return endpoint;
  }

  /// A stub for one call: the key is asked for and the deadline starts now.
  CloudServiceBlockingStub stub() {
    Metadata headers = new Metadata();
    headers.put(VERSION, API_VERSION);
    headers.put(AUTHORIZATION, "Bearer " + key());
    return CloudServiceGrpc.newBlockingStub(wire().channel())
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
        .withDeadlineAfter(callLimit.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public synchronized void close() {
    closed = true;
    wire.ifPresent(Wire::close);
    wire = Optional.empty();
  }

  private synchronized Wire wire() {
    if (closed) {
      throw new IllegalStateException("the channel to " + endpoint.address() + " is closed");
    }
    if (wire.isEmpty()) {
      wire = Optional.of(open());
    }
    return wire.get();
  }

  private Wire open() {
    NettyChannelBuilder builder =
        NettyChannelBuilder.forTarget(endpoint.address())
            .maxInboundMessageSize(MAX_ANSWER_BYTES)
            .userAgent("newleaf");
    if (endpoint.plaintext()) {
      return Wire.open(builder.usePlaintext());
    }
    TrustManager judge = ServerTrust.judge(endpoint.serverCa());
    return Wire.open(builder.sslContext(ServerTrust.client(judge, Optional.empty())));
  }

  /// A key with a line end inside would make the HTTP layer fail with the key in its message.
  private String key() {
    String key = endpoint.apiKey().get().strip();
    if (key.isEmpty() || !key.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new NewleafException(
          new Failure.Misconfigured(
              new Explanation(
                  "NL3007",
                  endpoint.apiKeyFrom(),
                  "the API key for the Cloud Ops API "
                      + (key.isEmpty() ? "is empty." : "has a character that no key has."),
                  "Set " + endpoint.apiKeyFrom() + " to an API key of the account.")));
    }
    return key;
  }

  private static Metadata.Key<String> ascii(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }
}
