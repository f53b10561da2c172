package newleaf.real;

import java.util.List;

/// A second opinion on certificates.
interface Linter {
  /// @param lints how many were applied, over all certificates
  record Report(int lints, List<Finding> findings) {
    public Report {
      findings = List.copyOf(findings);
    }
  }

  /// Errors and warnings; what is only noted is left out.
  Report lint(List<Specimen> specimens);
}
