package newleaf.desired;

import java.util.regex.Pattern;
import newleaf.cert.Fingerprint;

/// The forms of names. ASCII only: two names that look alike are then the same name.
final class Names {
  static final Pattern PLAIN = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  static final Pattern CLOUD_NAMESPACE = Pattern.compile("[a-z][a-z0-9-]{0,62}[a-z0-9]");
  private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
  static final Pattern KUBERNETES =
      Pattern.compile(LABEL + "/(?=.{1,253}$)" + LABEL + "(\\." + LABEL + ")*");

  /// Of clusters: what tools call their contexts (`arn:aws:eks:...:cluster/a`, `gke_a_b_c`, `a@b`),
  /// and nothing that a shell or a list would take apart.
  static final Pattern CLUSTER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/@-]{0,252}");

  static final Pattern DNS =
      Pattern.compile("(?=.{1,253}$)(\\*\\.)?" + LABEL + "(\\." + LABEL + ")*");

  private Names() {}

  /// CAs, leaves, workers, clients, accounts.
  static void plain(String name, Located<String> text, Problems problems) {
    if (!PLAIN.matcher(text.value()).matches()) {
      problems.add(
          Codes.NAME,
          text.source(),
          name + " is " + Texts.quoted(text.value()) + ", which is no name for newleaf.",
          "Use a to z, 0 to 9 and - inside, at most 63 characters.");
    }
  }

  /// @param account the part after the dot that is wanted
  static Section.Check namespaceOf(String account) {
    return (name, text, problems) -> {
      int dot = text.value().lastIndexOf('.');
      if (dot < 0 || !CLOUD_NAMESPACE.matcher(text.value().substring(0, dot)).matches()) {
        problems.add(
            Codes.NAMESPACE_NAME,
            text.source(),
            name + " is " + Texts.quoted(text.value()) + ", which Temporal Cloud does not allow.",
            "Write <name>." + account + " with 2 to 64 of a to z, 0 to 9 and - in the name.");
      } else if (!text.value().substring(dot + 1).equals(account)) {
        problems.add(
            Codes.NAMESPACE_ACCOUNT,
            text.source(),
            name + " is " + Texts.quoted(text.value()) + ", but the account is " + account + ".",
            "Write " + text.value().substring(0, dot + 1) + account + ".");
      }
    };
  }

  /// `namespace/name` of a Secret or Deployment (RFC 1123 label and subdomain).
  static void kubernetes(String name, Located<String> text, Problems problems) {
    if (!KUBERNETES.matcher(text.value()).matches()) {
      problems.add(
          Codes.KUBERNETES_NAME,
          text.source(),
          name + " is " + Texts.quoted(text.value()) + ", which is no Kubernetes namespace/name.",
          "Write both parts in lower case with one slash between, as in billing/temporal-tls.");
    }
  }

  static void cluster(String name, Located<String> text, Problems problems) {
    if (!CLUSTER.matcher(text.value()).matches()) {
      problems.add(
          Codes.CLUSTER_NAME,
          text.source(),
          name + " is " + Texts.quoted(text.value()) + ", which is no name for a cluster.",
          "Use letters, digits and . _ : / @ - inside, as in eu1; kubectl config rename-context"
              + " renames a context.");
    }
  }

  /// The SHA-256 of a certificate.
  static void fingerprint(String name, Located<String> text, Problems problems) {
    if (Fingerprint.parse(text.value()).isEmpty()) {
      problems.add(
          Codes.FINGERPRINT,
          text.source(),
          name + " is " + Texts.quoted(text.value()) + ", which is no SHA-256 fingerprint.",
          "Write 64 lower-case hex digits without colons, as `newleaf import` does.");
    }
  }

  static void dns(String name, Located<String> text, Problems problems) {
    if (!DNS.matcher(text.value()).matches()) {
      problems.add(
          Codes.DNS_NAME,
          text.source(),
          name + " is " + Texts.quoted(text.value()) + ", which is no DNS name.",
          "Write it in lower case with dots between the labels, as in worker.example.com.");
    }
  }
}
