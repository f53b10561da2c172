package newleaf.simulation;

import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import newleaf.apply.NamespaceUpdates;
import newleaf.apply.OperationId;
import newleaf.apply.Ports;
import newleaf.apply.TrustChange;
import newleaf.cert.Fingerprint;

/// Faults of the protocol that stand in what is sent to the service.
final class PlantedUpdates {
  private PlantedUpdates() {}

  static Map<String, Plant> all() {
    Map<String, Plant> all = new TreeMap<>();
    all.put("old CA dropped in the update that adds the new", changing(PlantedUpdates::atOnce));
    all.put("foreign CA removed", changing(PlantedUpdates::tidy));
    all.put("expired CA kept", changing(PlantedUpdates::keepExpired));
    all.put("new operation id", new OtherId());
    all.put("journal over facts", new Believing());
    all.put(
        "compare-and-set ignored",
        new Plant() {
          @Override
          public Wire wire(Wire wire, World world) {
            return (space, wanted, _, id) -> wire.send(space, wanted, space.versionText(), id);
          }
        });
    return all;
  }

  /// @param space as it is
  private record Sent(World world, Cloud.Space space, TrustChange change) {
    Sent removing(Set<Fingerprint> remove) {
      return new Sent(world, space, new TrustChange(change.add(), remove, change.filters()));
    }

    boolean isOurs(X509Certificate ca) {
      return world.authorities.nameOf(ca).isPresent()
          || world.desired.cas().stream().anyMatch(c -> c.adopted().contains(Mint.fingerprint(ca)));
    }
  }

  private static Sent atOnce(Sent sent) {
    Set<Fingerprint> remove = new HashSet<>(sent.change().remove());
    if (!sent.change().add().isEmpty()) {
      sent.space().trust.bundle().stream()
          .filter(ca -> !sent.change().add().contains(ca) && sent.isOurs(ca))
          .forEach(ca -> remove.add(Mint.fingerprint(ca)));
    }
    return sent.removing(remove);
  }

  private static Sent tidy(Sent sent) {
    Set<Fingerprint> remove = new HashSet<>(sent.change().remove());
    if (!remove.isEmpty()) {
      sent.space().trust.bundle().stream()
          .filter(ca -> !sent.isOurs(ca))
          .forEach(ca -> remove.add(Mint.fingerprint(ca)));
    }
    return sent.removing(remove);
  }

  private static Sent keepExpired(Sent sent) {
    List<X509Certificate> bundle = sent.space().trust.bundle();
    Set<Fingerprint> remove = new HashSet<>(sent.change().remove());
    bundle.stream()
        .filter(ca -> Mint.facts(ca).validity().expiredAt(sent.world().now()))
        .forEach(ca -> remove.remove(Mint.fingerprint(ca)));
    return sent.removing(remove);
  }

  private static Plant changing(UnaryOperator<Sent> change) {
    return new Plant() {
      @Override
      public Ports ports(Ports ports, World world, Life life) {
        return Rewired.updates(
            ports,
            new Updates(
                ports.updates(),
                (namespace, c) ->
                    change.apply(new Sent(world, world.cloud.space(namespace), c)).change()));
      }
    };
  }

  private record Updates(
      NamespaceUpdates inner, BiFunction<String, TrustChange, TrustChange> change)
      implements NamespaceUpdates {
    @Override
    public void update(
        String namespace,
        String expectedVersion,
        TrustChange asked,
        OperationId operation,
        Runnable onOperation) {
      inner.update(
          namespace, expectedVersion, change.apply(namespace, asked), operation, onOperation);
    }

    @Override
    public Settled settle(String namespace, OperationId operation) {
      return inner.settle(namespace, operation);
    }
  }

  /// Each call gets an id that was not written down.
  private static final class OtherId implements Plant {
    @Override
    public Ports ports(Ports ports, World world, Life life) {
      NamespaceUpdates inner = ports.updates();
      return Rewired.updates(
          ports,
          new NamespaceUpdates() {
            @Override
            public void update(
                String namespace,
                String version,
                TrustChange change,
                OperationId operation,
                Runnable onOperation) {
              OperationId other = new OperationId(operation.value() + "-" + life.upTo(1000));
              inner.update(namespace, version, change, other, onOperation);
            }

            @Override
            public Settled settle(String namespace, OperationId operation) {
              return inner.settle(namespace, operation);
            }
          });
    }
  }

  /// What was begun once in this namespace for the same reason is taken for done.
  private static final class Believing implements Plant {
    @Override
    public Ports ports(Ports ports, World world, Life life) {
      NamespaceUpdates inner = ports.updates();
      return Rewired.updates(
          ports,
          new NamespaceUpdates() {
            @Override
            public void update(
                String namespace,
                String version,
                TrustChange change,
                OperationId operation,
                Runnable onOperation) {
              if (!life.beganBefore(operation.value())) {
                inner.update(namespace, version, change, operation, onOperation);
              }
            }

            @Override
            public Settled settle(String namespace, OperationId operation) {
              Optional<String> id = Optional.of(operation.value());
              return id.filter(o -> o.contains("-undo")).isPresent()
                  ? inner.settle(namespace, operation)
                  : Settled.FULFILLED;
            }
          });
    }
  }
}
