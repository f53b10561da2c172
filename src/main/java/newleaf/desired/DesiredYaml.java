package newleaf.desired;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/// Reads a desired-state file: grammar first, then what its parts mean together.
public final class DesiredYaml {
  private static final String VERSION = "1";
  private static final String[] KEYS = {
    "newleaf",
    "account",
    "cloud",
    "kubernetes",
    "state",
    "temporal",
    "cas",
    "namespaces",
    "leaves",
    "workers",
    "clients"
  };

  private final Section top;
  private final Problems problems;

  private DesiredYaml(Section top) {
    this.top = top;
    this.problems = top.problems();
  }

  /// @param fileNameForMessages as given on the command line
  /// @throws newleaf.NewleafException with [newleaf.Failure.InvalidInput]: all problems of the
  ///   file, in the order of their places
  public static Desired read(String fileNameForMessages, byte[] content) {
    SourceText source = SourceText.of(fileNameForMessages, content);
    Problems problems = new Problems(source);
    Yaml root = YamlNodes.read(source, problems);
    Section top = Section.ofFile(root, problems);
    Desired desired = new DesiredYaml(top).read(digest(content));
    problems.throwIfAny();
    return desired;
  }

  private Desired read(String digest) {
    refuseOtherVersion();
    top.knows(KEYS);
    int before = problems.failures();
    String account = top.text("account", Names::plain).value();
    // of an account that is no account nothing is said again at every namespace
    boolean sound = problems.failures() == before;
    Tables tables = tables(sound ? Names.namespaceOf(account) : Section.Check.ANY);
    CaRules.check(tables.cas(), tables.leaves(), problems);
    new WorkerRules(tables.namespaces(), tables.leaves(), problems)
        .check(tables.workers(), tables.clients());
    new WorkloadRules(problems).check(tables.workers());
    Optional<String> kubeContext = kubeContext();
    ClusterRules.check(kubeContext, tables.workers(), tables.clients(), problems);
    Optional<StateSpec> state = top.optionalSection("state").map(StateYaml::read);
    state.ifPresent(s -> StateYaml.refuseKeysIn(s, tables.cas().specs(), problems));
    return new Desired(
        problems.file(),
        digest,
        account,
        CloudYaml.read(top.optionalSection("cloud")),
        kubeContext,
        state,
        top.optionalSection("temporal").map(t -> TemporalYaml.read(t, account)),
        tables.cas().specs(),
        tables.namespaces().specs(),
        tables.leaves().specs(),
        tables.workers().specs(),
        tables.clients().specs());
  }

  private record Tables(
      Table<CaSpec> cas,
      Table<NamespaceSpec> namespaces,
      Table<LeafSpec> leaves,
      Table<WorkerSpec> workers,
      Table<ClientSpec> clients) {}

  /// In an order in which every name is declared before it is used.
  private Tables tables(Section.Check namespaceName) {
    Section.Check plain = Names::plain;
    var cas = Table.read(some("cas"), "ca", plain, CaYaml::read);
    var namespaces =
        Table.read(
            some("namespaces"),
            "namespace",
            namespaceName,
            (name, section) -> NamespaceYaml.read(name, section, cas));
    var leaves = Table.read(any("leaves"), "leaf", plain, (name, s) -> LeafYaml.read(name, s, cas));
    var workers =
        Table.read(
            any("workers"),
            "worker",
            plain,
            (name, section) -> WorkerYaml.read(name, section, leaves, namespaces));
    var clients =
        Table.read(any("clients"), "client", plain, (name, s) -> ClientYaml.read(name, s, leaves));
    return new Tables(cas, namespaces, leaves, workers, clients);
  }

  private Optional<String> kubeContext() {
    Optional<Section> kubernetes = top.optionalSection("kubernetes");
    kubernetes.ifPresent(k -> k.knows("context"));
    return kubernetes
        .flatMap(k -> k.optionalText("context", Section.Check.ANY))
        .map(Located::value);
  }

  private Section some(String key) {
    int before = problems.failures();
    Section section = top.section(key);
    top.refuseEmpty(key, section.fields().entries().isEmpty() && problems.failures() == before);
    return section;
  }

  private Section any(String key) {
    return top.optionalSection(key)
        .orElse(new Section(key, new Yaml.Fields(Map.of(), top.at()), top.at(), problems));
  }

  /// In a file of another version nothing else can be judged.
  private void refuseOtherVersion() {
    top.text(
        "newleaf",
        (name, text, _) -> {
          if (!text.value().equals(VERSION)) {
            problems.add(
                Codes.WRONG_VERSION,
                text.source(),
                "the file has format version "
                    + Texts.quoted(text.value())
                    + "; this newleaf reads version "
                    + VERSION
                    + ".",
                "Write `newleaf: 1`, or use the newleaf that fits the file.");
            throw problems.asException();
          }
        });
  }

  private static String digest(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
