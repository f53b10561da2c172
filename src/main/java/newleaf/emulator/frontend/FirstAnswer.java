package newleaf.emulator.frontend;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// Takes the answer of a service that is called in this process.
final class FirstAnswer<T> implements StreamObserver<T> {
  private final CompletableFuture<T> answer = new CompletableFuture<>();

  T get() {
    try {
      return answer.join();
    } catch (CompletionException e) {
      throw Status.fromThrowable(e.getCause()).asRuntimeException();
    }
  }

  @Override
  public void onNext(T value) {
    answer.complete(value);
  }

  @Override
  public void onError(Throwable failure) {
    answer.completeExceptionally(failure);
  }

  @Override
  public void onCompleted() {
    answer.completeExceptionally(Status.INTERNAL.withDescription("no answer").asRuntimeException());
  }
}
