package newleaf.cli;

import java.nio.file.Path;
import java.util.function.Function;
import newleaf.apply.CaStore;
import newleaf.files.CaFolder;
import newleaf.kube.KubeConnection;
import newleaf.kube.SecretCaStore;
import newleaf.observed.CaRef;

/// Finds the files of a CA in a folder or a Secret; a cluster is only reached for a Secret.
///
/// @param base what relative folders are relative to: the folder of the YAML file
record CaStores(Path base, Lazy<KubeConnection> cluster) implements Function<CaRef, CaStore> {
  @Override
  public CaStore apply(CaRef ca) {
    return ca.secret()
        .<CaStore>map(secret -> new SecretCaStore(cluster.get(), secret))
        .orElseGet(() -> new CaFolder(base.resolve(ca.directory())));
  }
}
