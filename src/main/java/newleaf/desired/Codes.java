package newleaf.desired;

/// Every kind of mistake in a desired-state file. A code is never given a second meaning.
final class Codes {
  /// The file is larger than any desired state needs to be.
  static final String FILE_TOO_LARGE = "NL1001";

  /// The bytes are not UTF-8.
  static final String NOT_UTF8 = "NL1002";

  /// A tab; YAML forbids it for indentation, and nobody sees the difference.
  static final String TAB = "NL1003";

  /// A control or text-direction character in the file, comments included.
  static final String HIDDEN_CHARACTER = "NL1004";

  /// The text is no YAML.
  static final String SYNTAX = "NL1005";

  /// A second YAML document begins.
  static final String SECOND_DOCUMENT = "NL1006";

  /// Lists and mappings are nested too deeply.
  static final String TOO_DEEP = "NL1007";

  /// An anchor, an alias or a merge key.
  static final String ALIAS = "NL1008";

  /// An explicit YAML tag.
  static final String TAG = "NL1009";

  /// A mapping key that is a list or a mapping.
  static final String KEY_IS_NO_TEXT = "NL1010";

  /// A key is written twice in one mapping.
  static final String DUPLICATE_KEY = "NL1011";

  /// A control or format character in a value or key, also one written as an escape.
  static final String FORBIDDEN_CHARACTER = "NL1012";

  /// renewBefore is not shorter than the validity.
  static final String RENEW_BEFORE = "NL1013";

  /// The file holds no document.
  static final String EMPTY_FILE = "NL1014";

  /// A key that newleaf does not know.
  static final String UNKNOWN_KEY = "NL1015";

  /// A required key is missing.
  static final String MISSING_KEY = "NL1016";

  /// A key without a value, or with a blank one.
  static final String NO_VALUE = "NL1017";

  /// A text, list or mapping where another of them is wanted.
  static final String WRONG_TYPE = "NL1018";

  /// A format version that this newleaf can not read.
  static final String WRONG_VERSION = "NL1019";

  /// A word that is none of those allowed.
  static final String NO_SUCH_CHOICE = "NL1020";

  /// A text that is no duration.
  static final String NO_DURATION = "NL1021";

  /// A duration that is zero or too long.
  static final String DURATION_RANGE = "NL1022";

  /// A name or account id of another form than newleaf's identifiers.
  static final String NAME = "NL1023";

  /// A text that can not be the name of a Temporal Cloud namespace.
  static final String NAMESPACE_NAME = "NL1024";

  /// A namespace of another account.
  static final String NAMESPACE_ACCOUNT = "NL1025";

  /// A text that is no Kubernetes `namespace/name`.
  static final String KUBERNETES_NAME = "NL1026";

  /// A text that is no DNS name.
  static final String DNS_NAME = "NL1027";

  /// A subject field that is longer than X.509 allows.
  static final String SUBJECT_LENGTH = "NL1028";

  /// No place to read a secret from; perhaps the secret itself.
  static final String SECRET_SOURCE = "NL1029";

  /// Plaintext to a host that is not this machine.
  static final String PLAINTEXT = "NL1030";

  /// A text that is no host:port.
  static final String ADDRESS = "NL1031";

  /// A list or section that needs at least one entry.
  static final String EMPTY = "NL1032";

  /// The same thing twice in a list.
  static final String REPEATED = "NL1033";

  /// A certificate filter without a field.
  static final String FILTER_WITHOUT_FIELD = "NL1034";

  /// A certificate filter value that Temporal Cloud refuses.
  static final String FILTER_VALUE = "NL1035";

  /// More filters or CAs than a namespace takes.
  static final String NAMESPACE_LIMIT = "NL1036";

  /// Not exactly one of secret and directory.
  static final String PLACE = "NL1037";

  /// A restart is asked for, but of no workload.
  static final String RESTART_OF_NOTHING = "NL1038";

  /// Secret and workload in different Kubernetes namespaces.
  static final String SECRET_OUT_OF_REACH = "NL1039";

  /// A CA, leaf or namespace that is not in the file.
  static final String UNKNOWN_REFERENCE = "NL1040";

  /// A leaf validity longer than its CA's.
  static final String LEAF_OUTLIVES_CA = "NL1041";

  /// A leaf issued late in its CA's life would be due at once.
  static final String LEAF_CUT_BY_CA = "NL1042";

  /// The old CA would expire before the soak ends.
  static final String SOAK_TOO_LONG = "NL1043";

  /// A worker's namespace does not accept the CA of its leaf.
  static final String CA_NOT_ACCEPTED = "NL1044";

  /// No filter of the namespace lets the leaf in.
  static final String FILTERED_OUT = "NL1045";

  /// Two leaves for one Secret or directory.
  static final String PLACE_OF_TWO_LEAVES = "NL1046";

  /// Two CAs whose generations would have the same names.
  static final String CA_SUBJECT_TWICE = "NL1047";

  /// A leaf with the subject of a CA.
  static final String LEAF_NAMED_AS_CA = "NL1048";

  /// More problems than anyone would read.
  static final String MORE_PROBLEMS = "NL1049";

  /// Two ways to restart one workload.
  static final String RESTARTS_DIFFER = "NL1050";

  /// A restarted workload that is to load leaves from two places.
  static final String WORKLOAD_OF_TWO_PLACES = "NL1051";

  /// A workload is to be restarted for a leaf that is no Secret.
  static final String WORKLOAD_WITHOUT_SECRET = "NL1052";

  /// No namespace lets the leaf of a client in.
  static final String CLIENT_LOCKED_OUT = "NL1053";

  /// A subject or filter that reads otherwise than it is written.
  static final String AMBIGUOUS_TEXT = "NL1054";

  /// Letters of two scripts in one word.
  static final String MIXED_SCRIPTS = "NL1055";

  /// A filter that lets no leaf of the file in; a hint.
  static final String FILTER_OF_NOBODY = "NL1056";

  /// A CA or leaf that nothing in the file uses; a hint.
  static final String UNUSED = "NL1057";

  /// A value is no time with its zone.
  static final String NO_TIME = "NL1058";

  /// A worker with two workloads.
  static final String TWO_WORKLOADS = "NL1060";

  /// A DaemonSet can not be scaled to 0.
  static final String SCALE_OF_DAEMONS = "NL1061";

  /// A text that can not be the name of a cluster.
  static final String CLUSTER_NAME = "NL1062";

  /// A cluster in which nothing is.
  static final String CLUSTER_OF_NOTHING = "NL1063";

  /// A cluster by its name here and by none there.
  static final String CLUSTER_NAMED_TWICE = "NL1064";

  /// A name that does not fit into a label of Kubernetes.
  static final String STATE_NAME = "NL1070";

  /// The keys of a CA in a Secret and a folder.
  static final String KEYS_IN_TWO_PLACES = "NL1071";

  /// The keys of a CA beside the state.
  static final String KEYS_IN_STATE = "NL1072";

  /// A text that is no SHA-256 fingerprint.
  static final String FINGERPRINT = "NL1080";

  /// One CA certificate is adopted by two CAs.
  static final String ADOPTED_TWICE = "NL1081";

  /// Not exactly one way to be let into the namespace that rotations run in.
  static final String TEMPORAL_ACCESS = "NL1090";

  /// Rotations run in a namespace that they rotate, by its certificates; a hint.
  static final String ROTATES_ITS_OWN_ACCESS = "NL1091";

  private Codes() {}
}
