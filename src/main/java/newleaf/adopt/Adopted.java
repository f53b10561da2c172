package newleaf.adopt;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import newleaf.cert.Certificate;
import newleaf.cert.CertificateFilter;
import newleaf.cert.LeafProfile;
import newleaf.cert.Subject;
import newleaf.observed.LeafPlace;
import newleaf.observed.WorkerRef;

/// A desired state that asks for what is there. Each part carries remarks: what the file can not
/// say as it is, for the reader of the file and of the run.
///
/// @param left what the file does not speak of
public record Adopted(
    String account,
    List<Ca> cas,
    List<Namespace> namespaces,
    List<Leaf> leaves,
    List<Worker> workers,
    List<Client> clients,
    List<Left> left) {
  public Adopted {
    cas = List.copyOf(cas);
    namespaces = List.copyOf(namespaces);
    leaves = List.copyOf(leaves);
    workers = List.copyOf(workers);
    clients = List.copyOf(clients);
    left = List.copyOf(left);
  }

  /// @param members the certificates it stands for, issued ones before their issuers, which is the
  ///   order in which they can go
  public record Ca(
      String name,
      List<Certificate> members,
      Subject subject,
      String key,
      Lifetime lifetime,
      List<String> remarks) {
    public Ca {
      members = List.copyOf(members);
      remarks = List.copyOf(remarks);
    }
  }

  /// @param renewBefore the default of the file, or less, so that nothing is due now
  public record Lifetime(Duration validity, Duration renewBefore) {}

  /// @param filters empty when they can not be written as they are; then they are left alone
  public record Namespace(
      String name,
      List<String> cas,
      Optional<List<CertificateFilter>> filters,
      List<String> remarks) {
    public Namespace {
      cas = List.copyOf(cas);
      filters = filters.map(List::copyOf);
      remarks = List.copyOf(remarks);
    }
  }

  public record Leaf(
      String name,
      String ca,
      Certificate found,
      LeafProfile profile,
      Duration renewBefore,
      List<String> remarks) {
    public Leaf {
      remarks = List.copyOf(remarks);
    }
  }

  public record Worker(
      String name, String leaf, String namespace, LeafPlace.Secret place, WorkerRef workload) {}

  /// Who holds a leaf and is no worker that newleaf can move. It keeps the old CA from being
  /// retired until a person has said what becomes of it.
  ///
  /// @param holder the address of the workload or Secret
  public record Client(String name, String leaf, String holder, String why) {}

  /// @param what the address
  public record Left(String what, String why) {}
}
