package newleaf.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import newleaf.Source;

/// What has to be waited for between steps. Ids stay the same from plan to plan, so that a wait
/// goes on over several runs.
public sealed interface Gate {
  String id();

  /// Steps that must be done before the gate opens.
  List<String> after();

  /// Steps that wait for it; none when those that do are left to a later plan.
  List<String> before();

  /// Whether nothing is left to wait for.
  default boolean isOpen(Instant asOf) {
    return switch (this) {
      case Soak soak -> soak.until().filter(t -> !t.isAfter(asOf)).isPresent();
      case Approval approval -> approval.given();
      case Acknowledgement _ -> false;
      case NotBefore notBefore -> !asOf.isBefore(notBefore.at());
    };
  }

  /// Old and new stay trusted side by side for this long.
  ///
  /// @param openedAt when it began; empty when it has not
  record Soak(
      String id,
      List<String> after,
      List<String> before,
      Duration duration,
      Optional<Instant> openedAt)
      implements Gate {
    public Soak {
      after = List.copyOf(after);
      before = List.copyOf(before);
    }

    public Optional<Instant> until() {
      return openedAt.map(t -> t.plus(duration));
    }
  }

  /// A person has to say yes.
  record Approval(
      String id, List<String> after, List<String> before, String question, boolean given)
      implements Gate {
    public Approval {
      after = List.copyOf(after);
      before = List.copyOf(before);
    }
  }

  /// The YAML says not to begin earlier.
  ///
  /// @param set where it says so
  record NotBefore(String id, List<String> after, List<String> before, Instant at, Source set)
      implements Gate {
    public NotBefore {
      after = List.copyOf(after);
      before = List.copyOf(before);
    }
  }

  /// The YAML has to vouch for clients that newleaf can not see.
  record Acknowledgement(String id, List<String> after, List<String> before, List<String> clients)
      implements Gate {
    public Acknowledgement {
      after = List.copyOf(after);
      before = List.copyOf(before);
      clients = List.copyOf(clients);
    }
  }
}
