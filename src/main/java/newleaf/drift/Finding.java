package newleaf.drift;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import newleaf.cert.Certificate;
import newleaf.cert.CertificateFilter;
import newleaf.observed.LeafPlace;
import newleaf.observed.WorkerRef;

/// A difference that neither newleaf's own steps nor time explain.
public sealed interface Finding {
  /// @param namespace `<name>.<account>`
  record CaAdded(String namespace, Certificate ca) implements Finding {}

  record CaRemoved(String namespace, Certificate ca) implements Finding {}

  record FiltersChanged(
      String namespace, List<CertificateFilter> before, List<CertificateFilter> after)
      implements Finding {
    public FiltersChanged {
      before = List.copyOf(before);
      after = List.copyOf(after);
    }
  }

  record MtlsTurnedOff(String namespace) implements Finding {}

  record MtlsTurnedOn(String namespace) implements Finding {}

  record NamespaceGone(String namespace) implements Finding {}

  /// Suspended, being deleted, failed.
  record NamespaceNotActive(String namespace) implements Finding {}

  /// @param before empty when nothing lay there
  record LeafReplaced(LeafPlace place, Optional<Certificate> before, Certificate after)
      implements Finding {}

  record LeafGone(LeafPlace place, Certificate before) implements Finding {}

  /// The certificate is the same, and the key beside it is not its key any more.
  record KeyMismatch(LeafPlace place, Certificate leaf) implements Finding {}

  /// @param owner who will write the Secret back
  record OwnerAppeared(LeafPlace place, Optional<String> before, String owner) implements Finding {}

  record WorkerGone(WorkerRef worker) implements Finding {}

  record SecretNotMounted(WorkerRef worker, LeafPlace place) implements Finding {}

  /// Pods went back to an earlier leaf than the one in place.
  record PodsBehind(WorkerRef worker, Certificate leaf, List<String> pods) implements Finding {
    public PodsBehind {
      pods = List.copyOf(pods);
    }
  }

  /// A generation that newleaf did not make lies where the CA's keys live.
  ///
  /// @param ca `ca/booking-g2`
  record CaAppeared(String ca, Certificate certificate) implements Finding {}

  record CaFileGone(String ca, Certificate certificate) implements Finding {}

  record CaFileChanged(String ca, Certificate before, Certificate after) implements Finding {}

  record CaKeyGone(String ca, Certificate certificate) implements Finding {}

  /// The resource that was changed.
  default String address() {
    return switch (this) {
      case CaAdded f -> "namespace/" + f.namespace();
      case CaRemoved f -> "namespace/" + f.namespace();
      case FiltersChanged f -> "namespace/" + f.namespace();
      case MtlsTurnedOff f -> "namespace/" + f.namespace();
      case MtlsTurnedOn f -> "namespace/" + f.namespace();
      case NamespaceGone f -> "namespace/" + f.namespace();
      case NamespaceNotActive f -> "namespace/" + f.namespace();
      case LeafReplaced f -> f.place().address();
      case LeafGone f -> f.place().address();
      case KeyMismatch f -> f.place().address();
      case OwnerAppeared f -> f.place().address();
      case WorkerGone f -> f.worker().address();
      case SecretNotMounted f -> f.worker().address();
      case PodsBehind f -> f.worker().address();
      case CaAppeared f -> f.ca();
      case CaFileGone f -> f.ca();
      case CaFileChanged f -> f.ca();
      case CaKeyGone f -> f.ca();
    };
  }

  /// `ca_added`
  default String kind() {
    return kind(getClass());
  }

  /// Every kind there is, for whoever counts.
  static List<String> kinds() {
    return java.util.Arrays.stream(Finding.class.getPermittedSubclasses())
        .map(Finding::kind)
        .sorted()
        .toList();
  }

  private static String kind(Class<?> type) {
    return type.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
  }
}
