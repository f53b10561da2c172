package newleaf.report;

import newleaf.plan.Notice;

/// What newleaf sees and leaves alone, as one sentence.
final class NoticeText {
  private NoticeText() {}

  static String of(Notice notice) {
    String until = Words.day(notice.until());
    return Words.safe(
        switch (notice.what()) {
          case EXPIRED_FOREIGN_CA ->
              "%s accepts %s, which expired %s and is not newleaf's; it goes with the next update."
                  .formatted(notice.address(), notice.about(), until);
          case UNMANAGED_LEAF ->
              "%s is no longer in the YAML; its leaf %s is good until %s and is left alone."
                  .formatted(notice.address(), notice.about(), until);
          case UNMANAGED_NAMESPACE ->
              "%s is no longer in the YAML and is left alone; %s are good until %s."
                  .formatted(notice.address(), notice.about(), until);
        });
  }
}
