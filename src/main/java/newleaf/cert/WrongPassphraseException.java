package newleaf.cert;

/// The passphrase does not open the key. Checked, since every caller has to tell its user.
public final class WrongPassphraseException extends Exception {
  private static final long serialVersionUID = 1L;

  WrongPassphraseException() {
    super("the passphrase does not open the key");
  }
}
