package newleaf.explain;

import java.util.Optional;

/// The CI systems that `init --ci` writes a pipeline for, once the resources are there.
public enum CiSystem {
  GITHUB(".github/workflows/newleaf.yml", "github.yml"),
  GITLAB(".gitlab/newleaf.yml", "gitlab.yml");

  private final String path;
  private final String resource;

  CiSystem(String path, String resource) {
    this.path = path;
    this.resource = resource;
  }

  /// Where the pipeline belongs, relative to the root of the repository.
  public String path() {
    return path;
  }

  /// `src/main/resources/newleaf/ci/`
  public Optional<String> pipeline() {
    return Resource.text("/newleaf/ci/" + resource);
  }
}
