package newleaf.observed;

/// Where a leaf lives: a Kubernetes Secret of type `kubernetes.io/tls` or `Opaque`, or a directory
/// with `tls.crt` and `tls.key`.
public sealed interface LeafPlace {
  record Secret(String namespace, String name) implements LeafPlace {}

  record Directory(String path) implements LeafPlace {}

  /// `secret/temporal-booking/temporal-booking-tls` or `directory/var/certs`
  default String address() {
    return switch (this) {
      case Secret(var namespace, var name) -> "secret/" + namespace + "/" + name;
      case Directory(var path) -> "directory/" + path;
    };
  }
}
