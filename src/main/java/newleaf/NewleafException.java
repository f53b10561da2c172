package newleaf;

/// Carries one [Failure] to the command line. Anything else that escapes is a bug of ours.
public final class NewleafException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Failure failure;

  public NewleafException(Failure failure) {
    super(failure.line());
    this.failure = failure;
  }

  public NewleafException(Failure failure, Throwable cause) {
    super(failure.line(), cause);
    this.failure = failure;
  }

  public Failure failure() {
    return failure;
  }
}
