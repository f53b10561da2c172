package newleaf.desired;

import java.util.Optional;
import newleaf.cert.Subject;

/// `subject: {commonName, organization, organizationalUnit}`
final class SubjectYaml {
  private SubjectYaml() {}

  /// @param reserved characters of the common name that newleaf adds by itself
  static Subject read(Section subject, int reserved) {
    subject.knows("commonName", "organization", "organizationalUnit");
    int room = Subject.MAX_LENGTH - reserved;
    String commonName = subject.text("commonName", atMost(room)).value();
    return new Subject(
        commonName.substring(0, Math.min(commonName.length(), Subject.MAX_LENGTH)),
        optional(subject, "organization"),
        optional(subject, "organizationalUnit"));
  }

  private static Optional<String> optional(Section subject, String key) {
    return subject.optionalText(key, atMost(Subject.MAX_LENGTH)).map(Located::value);
  }

  private static Section.Check atMost(int room) {
    return (name, text, problems) -> {
      ShownTexts.check(name, text, problems);
      int length = text.value().length();
      if (length > room) {
        problems.add(
            Codes.SUBJECT_LENGTH,
            text.source(),
            "%s has %s characters; X.509 has room for %s%s."
                .formatted(
                    name,
                    length,
                    Subject.MAX_LENGTH,
                    room < Subject.MAX_LENGTH ? ", and a generation such as G999 is added" : ""),
            "Shorten it to " + room + " characters.");
      }
    };
  }
}
