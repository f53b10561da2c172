package newleaf.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.time.Instant;
import newleaf.Explanation;
import newleaf.Failure;
import newleaf.NewleafException;

/// What can be wrong with files of keys and certificates, in words for the user.
final class Complaint {
  private Complaint() {}

  static NewleafException wrongPassphrase(String key) {
    return denied(
        "NL2001",
        key,
        "the passphrase does not open the key.",
        "Give the passphrase the key was made with, or restore the file if it is damaged.");
  }

  static NewleafException emptyPassphrase(String ca) {
    return new NewleafException(
        new Failure.Misconfigured(
            new Explanation(
                "NL2002",
                "ca/" + ca,
                "the passphrase is empty; the key of a CA is never stored in the clear.",
                "Set a passphrase.")));
  }

  static NewleafException noKey(String key) {
    return refused(
        "NL2003",
        key,
        "the key or its certificate is not there, so this CA can not issue.",
        "Restore the files, or plan a new generation of the CA.");
  }

  static NewleafException openToOthers(String key, String permissions) {
    return denied(
        "NL2004",
        key,
        "the mode is " + permissions + "; others than the owner could read the key of a CA.",
        "Run: chmod 600 " + key);
  }

  static NewleafException otherKeyType(String key, String found, String wanted) {
    return refused(
        "NL2005",
        key,
        "an interrupted run left this key of type " + found + ", but " + wanted + " is asked for.",
        "Delete the file, nothing was issued with it, or set the type back.");
  }

  static NewleafException damaged(String file, String problem) {
    return new NewleafException(
        new Failure.Damaged(new Explanation("NL2006", file, problem, "Restore the file.")));
  }

  static NewleafException canNotIssue(String certificate, String problem) {
    return refused("NL2007", certificate, problem, "Run: newleaf plan");
  }

  static NewleafException notStarted(String certificate, Instant from, Instant now) {
    return refused(
        "NL2007",
        certificate,
        "is valid only from " + from + ", and this machine's clock says " + now + ".",
        "Set the clock right, then run the same command again.");
  }

  static NewleafException moved(String certificate) {
    return new NewleafException(
        new Failure.Stale(
            new Explanation(
                "NL2008",
                certificate,
                "the leaf was changed since it was read; it was left as it is.",
                "Run: newleaf plan")));
  }

  static NewleafException io(String at, IOException cause) {
    String reason = cause.getClass().getSimpleName() + ": " + cause.getMessage();
    Explanation text =
        new Explanation(
            "NL2009",
            at,
            "the file system refused (" + reason + ").",
            "Mend that and run again; it is safe to.");
    return new NewleafException(
        cause instanceof AccessDeniedException
            ? new Failure.Denied(text)
            : new Failure.RemoteError(text),
        cause);
  }

  private static NewleafException denied(String code, String where, String what, String next) {
    return new NewleafException(new Failure.Denied(new Explanation(code, where, what, next)));
  }

  private static NewleafException refused(String code, String where, String what, String next) {
    return new NewleafException(new Failure.Refused(new Explanation(code, where, what, next)));
  }
}
