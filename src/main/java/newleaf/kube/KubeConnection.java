package newleaf.kube;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.internal.KubeConfigUtils;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Supplier;
import newleaf.Explanation;
import newleaf.Failure;
import newleaf.NewleafException;

/// The connection to one cluster, and what its errors mean.
public final class KubeConnection implements AutoCloseable {
  /// Under the default flow-control of an API server nobody notices this many calls at once.
  private static final int CALLS_AT_ONCE = 8;

  private final KubernetesClient client;

  private KubeConnection(Config config) {
    config.setUserAgent(Annotations.FIELD_MANAGER + "/1");
    config.setConnectionTimeout(5_000);
    config.setRequestTimeout(20_000);
    config.setRequestRetryBackoffLimit(2);
    client =
        new KubernetesClientBuilder()
            .withConfig(config)
            .withHttpClientFactory(new JdkHttpClientFactory())
            .build();
  }

  /// @param kubeconfig the text of a kubeconfig file
  /// @param context which of its contexts; empty for the current one
  public static KubeConnection open(String kubeconfig, Optional<String> context) {
    try {
      return new KubeConnection(Config.fromKubeconfig(inContext(kubeconfig, context)));
    } catch (KubernetesClientException e) {
      throw new NewleafException(
          unusable(
              "the text is no kubeconfig that can be used.", "Check it with: kubectl config view"),
          e);
    }
  }

  private static Failure unusable(String what, String next) {
    return new Failure.Misconfigured(new Explanation("NL4001", "kubeconfig", what, next));
  }

  private static String inContext(String kubeconfig, Optional<String> context) {
    if (context.isEmpty()) {
      return kubeconfig;
    }
    io.fabric8.kubernetes.api.model.Config parsed =
        KubeConfigUtils.parseConfigFromString(kubeconfig);
    if (parsed.getContexts().stream().noneMatch(c -> context.get().equals(c.getName()))) {
      throw new NewleafException(
          unusable(
              "it has no context " + context.get() + ".",
              "See what it has: kubectl config get-contexts"));
    }
    parsed.setCurrentContext(context.get());
    return Serialization.asYaml(parsed);
  }

  /// By the service account of the pod this runs in.
  ///
  /// @param server `https://10.0.0.1:443`
  /// @param ca the certificates to trust, PEM
  /// @param token asked for with each call: the kubelet renews it
  public static KubeConnection inCluster(String server, String ca, Supplier<String> token) {
    byte[] pem = ca.getBytes(StandardCharsets.US_ASCII);
    return new KubeConnection(
        new ConfigBuilder(Config.empty())
            .withMasterUrl(server)
            .withCaCertData(Base64.getEncoder().encodeToString(pem))
            .withOauthTokenProvider(token::get)
            .build());
  }

  /// Of the API server, as `https://10.0.0.1:443/`.
  public String address() {
    return client.getMasterUrl().toString();
  }

  KubernetesClient client() {
    return client;
  }

  /// Runs one call of the API.
  ///
  /// @param doing what for, as `reading secret/a/b`
  /// @throws NewleafException Denied or RemoteError
  <T> T call(String doing, Supplier<T> call) {
    try {
      return call.get();
    } catch (KubernetesClientException e) {
      throw new NewleafException(failure(doing, e), e);
    }
  }

  /// The same for what one can do without; empty for whoever is not allowed to ask.
  <T> Optional<T> callIfAllowed(String doing, Supplier<T> call) {
    try {
      return Optional.of(call(doing, call));
    } catch (NewleafException e) {
      if (e.failure() instanceof Failure.Denied) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private Failure failure(String doing, KubernetesClientException e) {
    String server = address();
    int code = e.getCode();
    String words =
        Optional.ofNullable(e.getStatus()).map(s -> s.getMessage()).orElse("code " + code);
    if (code == 401 || code == 403) {
      return Denial.of(server, doing, code, words);
    }
    if (code <= 0) { // no answer at all
      String what = doing + " failed: " + why(e) + ".";
      String next =
          "Check that the cluster can be reached (kubectl version), then run the same command"
              + " again; that is safe.";
      return new Failure.RemoteError(new Explanation("NL4011", server, what, next));
    }
    // 429 and 5xx: it could not, where 4xx: it would not
    String next =
        code == 429 || code >= 500
            ? "Run the same command again; that is safe."
            : "Correct what the API server names and run again.";
    return new Failure.RemoteError(
        new Explanation("NL4012", server, doing + " failed: " + words + ".", next));
  }

  /// The connection error below fabric8's own: its causes only say the same in detail.
  private static String why(KubernetesClientException e) {
    Throwable cause = e;
    while (cause.getCause() != null && !network(cause)) {
      cause = cause.getCause();
    }
    String name = cause.getClass().getSimpleName();
    return cause.getMessage() == null ? name : name + ": " + cause.getMessage();
  }

  private static boolean network(Throwable cause) {
    return cause instanceof ConnectException || cause instanceof HttpTimeoutException;
  }

  /// Asks for each item, several at once, and answers in the items' order.
  <A, B> List<B> each(Collection<A> items, Function<A, B> ask) {
    try (ExecutorService threads =
        Executors.newFixedThreadPool(CALLS_AT_ONCE, Thread.ofVirtual().factory())) {
      List<Future<B>> asked = new ArrayList<>();
      for (A item : items) {
        asked.add(threads.submit(() -> ask.apply(item)));
      }
      List<B> answers = new ArrayList<>();
      for (Future<B> answer : asked) {
        answers.add(answer(threads, answer));
      }
      return answers;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /// After a failure nobody wants the other answers: each may take as long to fail.
  private static <B> B answer(ExecutorService threads, Future<B> asked)
      throws InterruptedException {
    try {
      return asked.get();
    } catch (ExecutionException e) {
      threads.shutdownNow();
      throw e.getCause() instanceof NewleafException known
          ? known
          : new IllegalStateException(e.getCause());
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
