package newleaf.explain;

import java.util.List;
import java.util.Locale;

/// The CI systems that `init --ci` writes pipelines for: plan on a pull request, apply after a
/// merge, rotate every hour, drift every night.
public enum CiSystem {
  GITHUB,
  GITLAB;

  /// @param path relative to the root of the repository
  public record Entry(String path, String resource) {
    public String text() {
      return Resource.text("/newleaf/ci/" + resource)
          .orElseThrow(() -> new IllegalStateException("the program lacks its file " + resource));
    }
  }

  public List<Entry> entries() {
    return switch (this) {
      case GITHUB ->
          List.of(
              new Entry(".github/actions/newleaf/action.yml", "github/action.yml"),
              new Entry(".github/actions/newleaf/newleaf-ci.sh", "newleaf-ci.sh"),
              workflow("plan"),
              workflow("apply"),
              workflow("rotate"),
              workflow("drift"));
      case GITLAB ->
          List.of(
              new Entry(".gitlab/newleaf.gitlab-ci.yml", "gitlab/newleaf.gitlab-ci.yml"),
              new Entry(".gitlab/newleaf-ci.sh", "newleaf-ci.sh"));
    };
  }

  private static Entry workflow(String job) {
    String file = "newleaf-" + job + ".yml";
    return new Entry(".github/workflows/" + file, "github/" + file);
  }

  /// As it is written on the command line.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
