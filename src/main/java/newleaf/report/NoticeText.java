package newleaf.report;

import java.util.function.UnaryOperator;
import newleaf.plan.Notice;

/// What newleaf sees and leaves alone, as one sentence.
final class NoticeText {
  private NoticeText() {}

  static String of(Notice notice) {
    return Words.safe(of(notice, UnaryOperator.identity()));
  }

  /// @param foreign makes text from elsewhere harmless where the sentence stands
  static String of(Notice notice, UnaryOperator<String> foreign) {
    String address = foreign.apply(notice.address());
    String about = foreign.apply(notice.about());
    String until = notice.until().map(Words::day).orElse("");
    return switch (notice.what()) {
      case EXPIRED_FOREIGN_CA ->
          "%s accepts %s, which expired %s and is not newleaf's; it goes with the next update."
              .formatted(address, about, until);
      case UNMANAGED_LEAF ->
          "%s is no longer in the YAML; its leaf %s is good until %s and is left alone."
              .formatted(address, about, until);
      case UNMANAGED_NAMESPACE ->
          "%s is no longer in the YAML and is left alone; %s are good until %s."
              .formatted(address, about, until);
      case ROLLED_BACK ->
          "%s stays in use until %s, then the CA goes forward by itself; %s."
              .formatted(address, until, about);
      case ROLLED_BACK_ENDS_SOON ->
          "%s (%s) is inside its renewBefore and ends %s.".formatted(address, about, until);
      case WORKERS_PAUSE ->
          "%s may have no worker for a moment while it restarts: %s.".formatted(address, about);
      case AUTOSCALER_RESTS ->
          "%s is at 0 replicas for a moment, while its autoscaler %s rests; it comes back to as many as before and the autoscaler goes on from there."
              .formatted(address, about);
    };
  }
}
