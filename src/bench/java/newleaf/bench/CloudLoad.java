package newleaf.bench;

import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.temporal.api.cloud.cloudservice.v1.CloudServiceGrpc;
import io.temporal.api.cloud.cloudservice.v1.CloudServiceGrpc.CloudServiceFutureStub;
import io.temporal.api.cloud.cloudservice.v1.GetNamespaceRequest;
import io.temporal.api.cloud.cloudservice.v1.GetNamespacesRequest;
import io.temporal.api.cloud.cloudservice.v1.GetNamespacesResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// Asks an emulator for one namespace after the other, at a rate, not waiting for answers:
/// `CloudLoad <address> <calls per second> <seconds>`. Lists all of them first.
final class CloudLoad {
  private static final int LARGEST_MESSAGE = 64 << 20;

  private final CloudServiceFutureStub cloud;
  private final List<String> names = new ArrayList<>();
  private final AtomicInteger failed = new AtomicInteger();

  private CloudLoad(ManagedChannel channel) {
    Metadata headers = new Metadata();
    put(headers, "authorization", "Bearer " + FleetServer.API_KEY);
    put(headers, "temporal-cloud-api-version", "v0.19.0");
    this.cloud =
        CloudServiceGrpc.newFutureStub(channel)
            .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  private static void put(Metadata headers, String name, String value) {
    headers.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value);
  }

  public static void main(String[] args) throws Exception {
    ManagedChannel channel =
        NettyChannelBuilder.forTarget(args[0])
            .usePlaintext()
            .maxInboundMessageSize(LARGEST_MESSAGE)
            .build();
    CloudLoad load = new CloudLoad(channel);
    load.list("cold");
    load.list("again");
    load.run(Integer.parseInt(args[1]), Integer.parseInt(args[2]));
    channel.shutdownNow();
  }

  private void list(String word) throws Exception {
    names.clear();
    long start = System.nanoTime();
    String token = "";
    int pages = 0;
    do {
      GetNamespacesResponse page =
          cloud
              .getNamespaces(
                  GetNamespacesRequest.newBuilder().setPageSize(1000).setPageToken(token).build())
              .get();
      page.getNamespacesList().forEach(n -> names.add(n.getNamespace()));
      token = page.getNextPageToken();
      pages++;
    } while (!token.isEmpty());
    System.out.printf(
        "%d namespaces on %d pages, %s, in %d ms%n", names.size(), pages, word, millisSince(start));
  }

  private void run(int perSecond, int seconds) throws InterruptedException {
    int calls = perSecond * seconds;
    long[] took = new long[calls];
    CountDownLatch open = new CountDownLatch(calls);
    long start = System.nanoTime();
    for (int i = 0; i < calls; i++) {
      LockSupport.parkNanos(start + i * 1_000_000_000L / perSecond - System.nanoTime());
      call(i, took, open);
    }
    open.await();
    long millis = millisSince(start);
    Arrays.sort(took);
    System.out.printf(
        "%d calls in %d ms, %.0f per second, %d failed, median %.2f ms, 99th percentile %.2f ms%n",
        calls,
        millis,
        calls * 1000.0 / millis,
        failed.get(),
        took[calls / 2] / 1e6,
        took[calls * 99 / 100] / 1e6);
  }

  private void call(int number, long[] took, CountDownLatch open) {
    long sent = System.nanoTime();
    var answer =
        cloud.getNamespace(
            GetNamespaceRequest.newBuilder()
                .setNamespace(names.get(number * 7919 % names.size()))
                .build());
    answer.addListener(
        () -> {
          took[number] = System.nanoTime() - sent;
          if (answer.state() != java.util.concurrent.Future.State.SUCCESS) {
            failed.incrementAndGet();
          }
          open.countDown();
        },
        Runnable::run);
  }

  private static long millisSince(long start) {
    return (System.nanoTime() - start) / 1_000_000;
  }
}
