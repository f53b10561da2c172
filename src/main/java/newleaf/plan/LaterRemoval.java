package newleaf.plan;

import java.time.Instant;
import java.util.List;

/// A CA that this plan moves everybody away from and leaves accepted: with `retire: manual` its
/// removal is a plan of its own, made and reviewed when the facts for it are there.
///
/// @param rotation the CA it belongs to, by its name in the YAML
/// @param ca the address of what is to go
/// @param namespaces that go on accepting it
/// @param narrowed those of them whose filters are narrowed only then, since that locks out like a
///   removal
/// @param soak the gate that begins with the last step of this plan
/// @param from when that gate can be open, by the estimates
public record LaterRemoval(
    String rotation,
    String ca,
    List<String> namespaces,
    List<String> narrowed,
    String soak,
    Instant from) {
  public LaterRemoval {
    namespaces = List.copyOf(namespaces);
    narrowed = List.copyOf(narrowed);
  }
}
