package newleaf.desired;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import newleaf.Source;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Reads one YAML document into [Yaml]. The only file that knows the YAML library. It takes the
/// parser's events and not the library's node tree, which follows aliases, nests without a limit
/// and keeps duplicate keys.
final class YamlNodes {
  static final int MAX_DEPTH = 32;

  private final Problems problems;
  private final Iterator<Event> events;
  private int depth;

  private YamlNodes(SourceText source, Problems problems) {
    this.problems = problems;
    // the size was checked in bytes already; the reader takes all at once, since it copies its
    // window
    // with every refill, which takes minutes when one token spans megabytes
    LoadSettings settings =
        LoadSettings.builder()
            .setUseMarks(true)
            .setCodePointLimit(Integer.MAX_VALUE)
            .setBufferSize(source.text().length() + 2)
            .build();
    this.events = new Parse(settings).parseString(source.text()).iterator();
  }

  /// The document; everything wrong with its form goes to `problems`.
  ///
  /// @throws newleaf.NewleafException when reading on makes no sense
  static Yaml read(SourceText source, Problems problems) {
    YamlNodes nodes = new YamlNodes(source, problems);
    try {
      return nodes.document();
    } catch (MarkedYamlEngineException e) {
      Source at = nodes.at(e.getProblemMark().or(e::getContextMark));
      throw nodes.syntaxError(at, e.getProblem());
    } catch (YamlEngineException e) {
      throw nodes.syntaxError(nodes.at(Optional.empty()), e.getMessage());
    }
  }

  private RuntimeException syntaxError(Source at, String parserSays) {
    problems.add(
        Codes.SYNTAX,
        at,
        "this is no YAML: " + Texts.clean(parserSays) + ".",
        "Look at this line and the one above: indentation, quotes, colons and brackets.");
    return problems.asException();
  }

  private Yaml document() {
    events.next(); // stream start
    if (events.next().getEventId() == Event.ID.StreamEnd) {
      problems.add(
          Codes.EMPTY_FILE,
          at(Optional.empty()),
          "the file says nothing.",
          "Begin with `newleaf: 1`; examples/first-run.yaml shows the rest.");
      throw problems.asException();
    }
    Yaml root = node(events.next());
    events.next(); // document end
    Event after = events.next();
    if (after.getEventId() != Event.ID.StreamEnd) {
      problems.add(
          Codes.SECOND_DOCUMENT,
          at(after.getStartMark()),
          "a second YAML document begins; newleaf reads one a file.",
          "Put it into a file of its own.");
    }
    return root;
  }

  private Yaml node(Event event) {
    Source at = at(event.getStartMark());
    return switch (event) {
      case AliasEvent alias -> {
        refuseAlias(at, "the alias *" + alias.getAlias());
        yield new Yaml.Broken(at);
      }
      case NodeEvent node -> {
        node.getAnchor().ifPresent(a -> refuseAlias(at, "the anchor &" + a));
        yield node instanceof ScalarEvent text
            ? scalar(text, at)
            : collection((CollectionStartEvent) node, at);
      }
      default -> throw new IllegalStateException("the parser gave " + event.getEventId());
    };
  }

  private Yaml scalar(ScalarEvent text, Source at) {
    refuseTag(text.getTag(), at);
    Optional<String> forbidden = Texts.firstForbidden(text.getValue());
    if (forbidden.isEmpty()) {
      return new Yaml.Text(text.getValue(), text.isPlain(), at);
    }
    problems.add(
        Codes.FORBIDDEN_CHARACTER,
        at,
        "the text has the character " + forbidden.get() + ", which no value may hold.",
        "Write it on one line, without control and format characters.");
    return new Yaml.Broken(at);
  }

  private Yaml collection(CollectionStartEvent start, Source at) {
    refuseTag(start.getTag(), at);
    if (++depth > MAX_DEPTH) {
      problems.add(
          Codes.TOO_DEEP,
          at,
          "lists and mappings are nested more than " + MAX_DEPTH + " deep.",
          "Remove the extra brackets or indentation.");
      throw problems.asException();
    }
    Yaml read = start.getEventId() == Event.ID.MappingStart ? fields(at) : items(at);
    depth--;
    return read;
  }

  private Yaml items(Source at) {
    List<Yaml> items = new ArrayList<>();
    for (Event e = events.next(); e.getEventId() != Event.ID.SequenceEnd; e = events.next()) {
      items.add(node(e));
    }
    return new Yaml.Items(items, at);
  }

  private Yaml fields(Source at) {
    Map<String, Yaml.Entry> entries = new LinkedHashMap<>();
    for (Event e = events.next(); e.getEventId() != Event.ID.MappingEnd; e = events.next()) {
      Yaml key = node(e);
      Yaml value = node(events.next());
      put(entries, key, value);
    }
    return new Yaml.Fields(entries, at);
  }

  private void put(Map<String, Yaml.Entry> entries, Yaml key, Yaml value) {
    switch (key) {
      case Yaml.Text(var name, var plain, var at) when plain && name.equals("<<") ->
          refuseAlias(at, "the merge key <<");
      case Yaml.Text(var name, _, var at) -> {
        Yaml.Entry first = entries.putIfAbsent(name, new Yaml.Entry(at, value));
        if (first != null) {
          refuseDuplicate(name, at, first.key().line());
        }
      }
      case Yaml.Broken _ -> problems.alreadyReported();
      case Yaml.Items(_, var at) -> refuseKey(at, "list");
      case Yaml.Fields(_, var at) -> refuseKey(at, "mapping");
    }
  }

  private void refuseDuplicate(String name, Source at, int firstLine) {
    problems.add(
        Codes.DUPLICATE_KEY,
        at,
        Texts.quoted(name)
            + " is written twice in one mapping, first in line "
            + firstLine
            + "; only one could count.",
        "Remove one of the two.");
  }

  private void refuseKey(Source at, String kind) {
    problems.add(
        Codes.KEY_IS_NO_TEXT, at, "a " + kind + " is used as a key.", "Use a text as the key.");
  }

  private void refuseAlias(Source at, String which) {
    problems.add(
        Codes.ALIAS,
        at,
        Texts.clean(which) + " is used; newleaf wants every value where it counts.",
        "Write the value out.");
  }

  private void refuseTag(Optional<String> tag, Source at) {
    tag.ifPresent(t ->
        problems.add(
            Codes.TAG,
            at,
            "the tag " + Texts.quoted(t) + " is used; newleaf decides the types.",
            "Remove the tag."));
  }

  private Source at(Optional<Mark> mark) {
    return mark.map(m -> new Source(problems.file(), m.getLine() + 1, m.getColumn() + 1))
        .orElse(new Source(problems.file(), 1, 1));
  }
}
