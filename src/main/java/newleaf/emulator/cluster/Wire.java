package newleaf.emulator.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// JSON text to values and back; the only file that knows the JSON library.
final class Wire {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Wire() {}

  static Doc object(String json) {
    if (value(json) instanceof Doc doc) {
      return doc;
    }
    throw Rejection.badRequest("a JSON object was expected");
  }

  static List<Doc> objects(String json) {
    if (value(json) instanceof List<?> items) {
      return Doc.of("items", items).children("items");
    }
    throw Rejection.badRequest("a JSON array was expected");
  }

  /// One line without white space.
  static String line(Doc doc) {
    return MAPPER.writeValueAsString(node(doc));
  }

  private static Object value(String json) {
    try {
      return value(MAPPER.readTree(json));
    } catch (JacksonException e) {
      throw Rejection.badRequest("couldn't decode the body as JSON: " + e.getOriginalMessage());
    }
  }

  private static Object value(JsonNode node) {
    if (node instanceof ObjectNode object) {
      Map<String, Object> fields = new TreeMap<>();
      object.properties().forEach(e -> fields.put(e.getKey(), value(e.getValue())));
      return new Doc(fields);
    }
    if (node.isArray()) {
      List<Object> items = new ArrayList<>();
      node.forEach(item -> items.add(value(item)));
      return List.copyOf(items);
    }
    if (node.isBoolean()) {
      return node.booleanValue();
    }
    if (node.isIntegralNumber()) {
      return node.longValue();
    }
    if (node.isNumber()) {
      return node.doubleValue();
    }
    return node.isString() ? node.stringValue() : Doc.Null.NULL;
  }

  private static JsonNode node(Object value) {
    return switch (value) {
      case Doc doc -> {
        ObjectNode object = NODES.objectNode();
        doc.fields().forEach((name, field) -> object.set(name, node(field)));
        yield object;
      }
      case List<?> items -> {
        ArrayNode array = NODES.arrayNode();
        items.forEach(item -> array.add(node(item)));
        yield array;
      }
      case Boolean flag -> NODES.booleanNode(flag);
      case Long number -> NODES.numberNode(number);
      case Double number -> NODES.numberNode(number);
      case Doc.Null _ -> NODES.nullNode();
      case String text -> NODES.stringNode(text);
      default -> throw new IllegalArgumentException("no JSON for " + value.getClass());
    };
  }
}
