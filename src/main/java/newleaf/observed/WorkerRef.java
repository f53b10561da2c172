package newleaf.observed;

/// A workload that runs workers; today a Kubernetes Deployment.
public record WorkerRef(String namespace, String deployment) {
  /// `deployment/temporal-booking/temporal-booking-worker`
  public String address() {
    return "deployment/" + namespace + "/" + deployment;
  }
}
