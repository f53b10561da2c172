package newleaf.emulator.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import newleaf.emulator.fault.Faults;

/// A running cluster of one node.
public final class Cluster implements AutoCloseable {
  /// @param root where the files of pods are; deleted at the end
  public record Parts(Settings settings, PodRunner runner, Path root, InstantSource clock) {}

  private final Parts parts;
  private final Store store = new Store();
  private final Resources resources;
  private final Access access;
  private final HttpApi http;
  private final Deployments deployments;
  private final Kubelet kubelet;
  private final ExecutorService pods = Executors.newVirtualThreadPerTaskExecutor();
  private final Thread loop;

  private Cluster(Parts parts, Faults faults) throws IOException {
    this.parts = parts;
    this.access = new Access(secret(), secret(), secret());
    this.resources = new Resources(store, parts.clock());
    this.deployments = new Deployments(store, resources, parts.clock());
    Parts faulty =
        new Parts(
            parts.settings(), new FaultyPods(faults, parts.runner()), parts.root(), parts.clock());
    this.kubelet = new Kubelet(faulty, store, pods);
    this.http = new HttpApi(new Api(store, resources, access), new ApiFaults(faults, resources));
    Key standard = new Key(Kind.NAMESPACE, "", "default");
    resources.create(standard, Doc.EMPTY, new WriteOptions("kube-apiserver", false, false));
    this.loop = Thread.ofVirtual().name("cluster").unstarted(this::control);
  }

  public static Cluster start(Parts parts) {
    return start(parts, new Faults());
  }

  public static Cluster start(Parts parts, Faults faults) {
    try {
      Cluster cluster = new Cluster(parts, faults);
      cluster.loop.start();
      return cluster;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// `http://127.0.0.1:<port>`
  public String address() {
    return http.address();
  }

  private static String secret() {
    return UUID.randomUUID().toString();
  }

  /// The bearer token that may do everything.
  public String token() {
    return access.adminToken();
  }

  /// The bearer token of somebody who reads what it has the name of, and lists nothing but pods.
  public String knowingToken() {
    return access.knowingToken();
  }

  /// The bearer token that may only look.
  public String readerToken() {
    return access.readerToken();
  }

  /// A kubeconfig file with the token that may do everything.
  public String kubeconfig() {
    return kubeconfig(token());
  }

  public String kubeconfig(String token) {
    return """
    apiVersion: v1
    kind: Config
    current-context: newleaf
    clusters:
    - name: newleaf
      cluster: {server: "%s"}
    contexts:
    - name: newleaf
      context: {cluster: newleaf, user: newleaf, namespace: default}
    users:
    - name: newleaf
      user: {token: "%s"}
    """
        .formatted(address(), token);
  }

  /// Puts first objects into the cluster, as a person with kubectl would.
  public Seed seed() {
    return new Seed(resources);
  }

  private void control() {
    long seen = 0;
    try {
      while (!store.closed()) {
        deployments.run();
        kubelet.run();
        seen = store.awaitChange(seen, parts.settings().tick());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // closing
    }
  }

  /// Stops the API, then all pods, and deletes their files.
  @Override
  public void close() {
    store.close();
    http.close();
    try {
      loop.join();
      kubelet.stopAll();
      pods.shutdownNow(); // interrupts what did not stop in its time
      pods.close();
      SecretVolume.delete(parts.root());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // the process ends anyway: the files stay
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
