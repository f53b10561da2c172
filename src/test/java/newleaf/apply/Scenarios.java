package newleaf.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import newleaf.cert.CertificateFilter;
import newleaf.observed.LeafPlace;

/// What each example meets, and how it ends.
final class Scenarios {
  /// How the chain of plans ends.
  sealed interface End {
    /// nothing is due any more
    record Empty() implements End {}

    /// @param code why the plan can not be applied
    record Blocked(String code) implements End {}

    /// a gate that no waiting opens
    record Held() implements End {}
  }

  /// @param down nobody can connect when it begins
  record Told(UnaryOperator<Past> past, End end, boolean down) {}

  private static final String BOOKING = "temporal-booking.sdvdw";
  private static final String CA_DUE = "2025-11-01T09:00:00Z";
  private static final String CA_FRESH = "2026-03-01T09:00:00Z";
  private static final String CA_EXPIRED = "2025-09-01T09:00:00Z";
  private static final String CA_NEXT = "2026-09-10T03:00:00Z";
  private static final String LEAF_DUE = "2026-08-23T03:00:00Z";
  private static final String LEAF_FRESH = "2026-09-05T03:00:00Z";

  private static final Map<String, Told> ALL = new TreeMap<>();

  static {
    empty("first-run", Past::nothing);
    empty("ca-rollover", p -> p.running(CA_DUE, LEAF_FRESH));
    empty("ca-same-key", p -> p.running(CA_DUE, LEAF_FRESH));
    empty("leaf-renewal", p -> p.running(CA_FRESH, LEAF_DUE));
    empty(
        "subject-change",
        p ->
            p.running(CA_FRESH, LEAF_FRESH)
                .workerHolds("booking", "booking", BOOKING, LEAF_FRESH)
                .filteredBy(BOOKING, commonName(BOOKING)));
    empty(
        "filter-widening",
        p ->
            p.running(CA_FRESH, LEAF_FRESH)
                .workerHoldsNothing("reports")
                .filteredBy(BOOKING, commonName(BOOKING)));
    empty(
        "filter-narrowing",
        p ->
            p.running(CA_FRESH, LEAF_FRESH)
                .filteredBy(
                    BOOKING,
                    commonName(BOOKING),
                    commonName("temporal-*"),
                    organization("Temporal Legacy"))
                .alsoAcceptsForeign(BOOKING, "Ancient CA", CA_EXPIRED));
    empty("not-before", p -> p.running(CA_DUE, LEAF_FRESH));
    empty("retire-manual", Scenarios::manual);
    blocked("filters-full", "NL5010", Scenarios::manyFilters);
    ALL.put("expired-ca", new Told(p -> p.running(CA_EXPIRED, LEAF_DUE), new End.Empty(), true));
    empty(
        "expired-foreign-ca",
        p ->
            p.running(CA_DUE, LEAF_FRESH)
                .alsoAcceptsForeign(BOOKING, "Payments CA", LEAF_DUE)
                .alsoAcceptsForeign(BOOKING, "Ancient CA", CA_EXPIRED));
    blocked("bundle-full", "NL5004", Scenarios::full);
    empty("shared-ca", p -> p.running(CA_DUE, LEAF_FRESH));
    empty("two-workers", p -> p.running(CA_DUE, LEAF_FRESH));
    empty("other-kinds", p -> p.running(CA_FRESH, LEAF_DUE));
    empty(
        "undeclared-secret",
        p ->
            p.running(CA_DUE, LEAF_FRESH)
                .holdsUndeclared(
                    new LeafPlace.Secret("reports", "nightly-tls"),
                    "booking",
                    BOOKING,
                    LEAF_FRESH));
    ALL.put(
        "clients-unacknowledged",
        new Told(p -> p.running(CA_DUE, LEAF_FRESH), new End.Held(), false));
    blocked(
        "namespace-missing",
        "NL5001",
        p -> p.running(CA_DUE, LEAF_FRESH).doesNotExist("temporal-bookings.sdvdw"));
    blocked("namespace-updating", "NL5002", p -> p.running(CA_DUE, LEAF_FRESH).isBusy(BOOKING));
    empty(
        "ca-removed",
        p ->
            p.running(CA_FRESH, LEAF_FRESH)
                .alsoAccepts(BOOKING, "payments")
                .workerHolds("booking", "payments", BOOKING, LEAF_FRESH));
    empty(
        "leaf-removed",
        p ->
            p.running(CA_DUE, LEAF_FRESH)
                .issued(
                    new LeafPlace.Secret("reports", "reports-tls"),
                    "booking",
                    BOOKING,
                    BOOKING,
                    LEAF_FRESH));
    empty(
        "namespace-removed",
        p ->
            p.running(CA_FRESH, LEAF_FRESH)
                .issued(
                    new LeafPlace.Secret("reports", "reports-tls"),
                    "booking",
                    "reports.sdvdw",
                    "temporal-reports.sdvdw",
                    LEAF_FRESH));
    empty("filter-lockout", Scenarios::forgottenLeaf);
    empty(
        "rollback",
        p -> p.running(CA_DUE, LEAF_FRESH).rotated(CA_NEXT, CA_NEXT).wishing("booking", 2, 1));
    empty("lost-key", p -> p.running(CA_FRESH, LEAF_FRESH).keyIsLost("ca/booking-g1"));
  }

  private Scenarios() {}

  static Map<String, Told> all() {
    return ALL;
  }

  private static void empty(String name, UnaryOperator<Past> past) {
    ALL.put(name, new Told(past, new End.Empty(), false));
  }

  private static void blocked(String name, String code, UnaryOperator<Past> past) {
    ALL.put(name, new Told(past, new End.Blocked(code), false));
  }

  private static Past manual(Past past) {
    LeafPlace worker = new LeafPlace.Secret("temporal-booking", "temporal-booking-tls");
    LeafPlace gone = new LeafPlace.Secret("reports", "reports-tls");
    return past.running(CA_DUE, LEAF_FRESH)
        .filteredBy(BOOKING, commonName(BOOKING), organization("Temporal Legacy"))
        .issued(worker, "booking", BOOKING, BOOKING, LEAF_FRESH)
        .issued(gone, "booking", BOOKING, BOOKING, LEAF_FRESH);
  }

  private static Past full(Past past) {
    past.running(CA_DUE, LEAF_FRESH);
    IntStream.rangeClosed(1, 15)
        .forEach(i -> past.alsoAcceptsForeign(BOOKING, "Department " + i + " CA", CA_FRESH));
    return past;
  }

  private static Past forgottenLeaf(Past past) {
    return past.running(CA_FRESH, LEAF_FRESH)
        .filteredBy(BOOKING, commonName(BOOKING), commonName("reports.sdvdw"))
        .issued(
            new LeafPlace.Secret("reports", "reports-tls"),
            "booking",
            "reports.sdvdw",
            BOOKING,
            LEAF_FRESH);
  }

  private static Past manyFilters(Past past) {
    List<CertificateFilter> filters = new ArrayList<>(List.of(commonName(BOOKING)));
    IntStream.rangeClosed(1, 24).forEach(i -> filters.add(commonName("team-" + i + ".sdvdw")));
    return past.running(CA_FRESH, LEAF_FRESH)
        .workerHoldsNothing("reports")
        .filteredBy(BOOKING, filters.toArray(CertificateFilter[]::new));
  }

  private static CertificateFilter commonName(String pattern) {
    return new CertificateFilter(
        Optional.of(pattern), Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static CertificateFilter organization(String pattern) {
    return new CertificateFilter(
        Optional.empty(), Optional.of(pattern), Optional.empty(), Optional.empty());
  }
}
