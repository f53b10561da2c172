package newleaf.json;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Records to JSON and back. Component names become snake_case, a sealed interface becomes an
/// object with a `kind` (the record's name in snake_case), a record of one component named `value`
/// becomes that value, a record or sealed interface with `toFields` and `ofFields` the object that
/// these say, times are ISO 8601 in UTC, durations ISO 8601 (`PT10M`), enums their lower-case
/// names. Every component has to be there, and only an Optional can be null.
public final class Json {
  /// Larger inputs are refused: nothing newleaf writes comes near it.
  private static final int MAX_STRING = 1 << 20;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxStringLength(MAX_STRING)
                          .maxNestingDepth(64)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .annotationIntrospector(new RecordTags())
          .changeDefaultVisibility(v -> v.withIsGetterVisibility(Visibility.NONE))
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
          .build();

  private static final JsonMapper EARLIER =
      MAPPER.rebuild().disable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES).build();

  private static final JsonMapper ANY_MINOR =
      EARLIER.rebuild().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private static final DefaultPrettyPrinter PRETTY =
      new DefaultPrettyPrinter()
          .withArrayIndenter(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE.withLinefeed("\n"))
          .withObjectIndenter(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE.withLinefeed("\n"));

  private Json() {}

  /// One line, no white space: for journal lines.
  public static String line(Object value) {
    return MAPPER.writeValueAsString(value);
  }

  /// SHA-256, in hex, of the JSON with its keys sorted and no white space (RFC 8785).
  public static String digest(Object value) {
    String canonical =
        MAPPER
            .writer()
            .with(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .writeValueAsString(MAPPER.convertValue(value, Object.class));
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(canonical.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /// Indented, with a newline at the end: for files that people read.
  public static String pretty(Object value) {
    return MAPPER.writer().with(PRETTY).writeValueAsString(value) + "\n";
  }

  /// @throws IllegalArgumentException when the text is no JSON of that type; the message has no
  ///   content
  public static <T> T read(String text, Class<T> type) {
    return read(MAPPER, text, type);
  }

  /// The same of what an earlier newleaf may have written: an Optional that it did not know is
  /// empty.
  public static <T> T readEarlier(String text, Class<T> type) {
    return read(EARLIER, text, type);
  }

  /// The same also of a newer newleaf: what it added is passed over.
  public static <T> T readAnyMinor(String text, Class<T> type) {
    return read(ANY_MINOR, text, type);
  }

  private static <T> T read(JsonMapper mapper, String text, Class<T> type) {
    try {
      T value = mapper.readValue(text, type);
      if (value == null) {
        throw new IllegalArgumentException("line 1 column 1: null");
      }
      return value;
    } catch (JacksonException e) {
      throw new IllegalArgumentException(
          "line %d column %d: %s"
              .formatted(
                  e.getLocation().getLineNr(),
                  e.getLocation().getColumnNr(),
                  e.getOriginalMessage()),
          e);
    }
  }

  static boolean isScalar(Class<?> type) {
    if (!type.isRecord()) {
      return false;
    }
    RecordComponent[] components = type.getRecordComponents();
    return components.length == 1 && components[0].getName().equals("value");
  }
}
