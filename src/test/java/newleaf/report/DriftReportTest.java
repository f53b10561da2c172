package newleaf.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import newleaf.drift.Drift.Measure;
import newleaf.drift.Finding;
import newleaf.drift.Found;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Emphasis;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.junit.jupiter.api.Test;

class DriftReportTest {
  private static final DriftSamples NORMAL = new DriftSamples("booking.sdvdw");

  /// New line, escape sequence, bidi override, and what means something in Markdown or HTML.
  private static final DriftSamples HOSTILE =
      new DriftSamples(
          "a\nb\u001b[31mc\u202ed|e`f`<img src=x>&lt;[g](http://h)@ann #1 **i** -->```\n# j\n---");

  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  @Test
  void samplesHaveEveryKind() {
    Set<Class<?>> kinds =
        NORMAL.findings().stream().map(Object::getClass).collect(Collectors.toSet());
    assertThat(kinds)
        .containsExactlyInAnyOrderElementsOf(Arrays.asList(Finding.class.getPermittedSubclasses()));
  }

  @Test
  void quietIsOneLineWithWhatIsNext() {
    assertThat(DriftText.of(NORMAL.quiet(Measure.SNAPSHOT)).replace("\n", " "))
        .isEqualTo(
            "No drift. Looked at 1 namespace, 2 CAs, 1 leaf, 3 worker groups; compared with"
                + " 2026-11-23T18:00:00Z (6h ago). Nothing ends within 21d. Next due:"
                + " ca/booking.sdvdw is due for renewal 2026-12-01 (in 7d). ");
  }

  @Test
  void withoutASnapshotItDoesNotSayThatThereIsNoDrift() {
    for (Measure measure : List.of(Measure.NO_SNAPSHOT, Measure.OTHER_JOURNAL)) {
      assertThat(DriftText.of(NORMAL.quiet(measure)))
          .contains("only ends were looked at")
          .doesNotContain("No drift");
      assertThat(DriftMarkdown.of(NORMAL.quiet(measure), "x")).doesNotContain("No drift");
    }
  }

  @Test
  void everyFindingTellsAllItsPartsInAsciiWithinAHundredColumns() {
    String text = DriftText.of(NORMAL.loud());
    List<String> lines = text.lines().toList();
    assertThat(text).matches("[\\x20-\\x7e\\n]+");
    assertThat(lines).allMatch(l -> l.length() <= 100 || l.contains("newleaf drift --accept"));
    for (String part : List.of("before", "after", "since", "why", "do", "meant?")) {
      assertThat(lines.stream().filter(l -> l.startsWith("    " + part + " ")))
          .as(part)
          .hasSize(NORMAL.findings().size());
    }
    assertThat(text)
        .contains("ENDED 3d ago", "newleaf does not renew it", "and 2 more")
        .contains("The lock is held by", "Ignored as the ignore file says: 3 findings.")
        .contains("21 changes by others, 3 certificates at risk.");
  }

  @Test
  void nothingFromOutsideForgesALine() {
    assertThat(lineCount(DriftText.of(HOSTILE.loud())))
        .isLessThan(lineCount(DriftText.of(NORMAL.loud())) * 3);
    assertThat(DriftText.of(HOSTILE.loud()).chars())
        .allMatch(c -> c == '\n' || (c >= ' ' && c <= '~'));
    assertThat(DriftText.of(HOSTILE.loud()).lines()).noneMatch(l -> l.matches("(# j|b.*)"));
  }

  private static long lineCount(String text) {
    return text.lines().count();
  }

  @Test
  void jsonIsAsTheSchemaSays() throws IOException {
    Schema schema = REGISTRY.getSchema(schemaText());
    for (String json :
        List.of(
            DriftDocument.of(NORMAL.loud()),
            DriftDocument.of(HOSTILE.loud()),
            DriftDocument.of(NORMAL.quiet(Measure.NO_SNAPSHOT)))) {
      assertThat(schema.validate(json, InputFormat.JSON)).isEmpty();
      assertThat(schema.validate(json.replace("\"1.0\"", "\"2.0\""), InputFormat.JSON))
          .isNotEmpty();
      assertThat(json).contains("\"format_version\" : \"1.0\"").endsWith("}\n");
    }
  }

  @Test
  void schemaIsASchemaAndKnowsEveryKind() throws IOException {
    Schema meta =
        REGISTRY.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
    assertThat(meta.validate(schemaText(), InputFormat.JSON)).isEmpty();
    assertThat(schemaText()).contains(Finding.kinds().stream().map(k -> "\"" + k + "\"").toList());
  }

  private static String schemaText() throws IOException {
    try (InputStream in =
        DriftReportTest.class.getResourceAsStream("/newleaf/schema/drift.schema.json")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void markdownIsFoundAgainByItsFirstLine() {
    String markdown = DriftMarkdown.of(NORMAL.loud(), "prod");
    assertThat(markdown).startsWith("<!-- newleaf:drift:prod -->\n### newleaf drift: prod\n");
    assertThat(DriftMarkdown.of(NORMAL.loud(), "a --> b\n<x>").lines().findFirst())
        .contains("<!-- newleaf:drift:a_-__b__x_ -->");
    assertThat(Shape.of(markdown)).isEqualTo(Shape.of(DriftMarkdown.of(NORMAL.loud(), "other")));
  }

  @Test
  void whateverTextIsShownTheMarkdownKeepsItsShape() {
    Shape normal = Shape.of(DriftMarkdown.of(NORMAL.loud(), "prod"));
    assertThat(normal.headings()).isEqualTo(1);
    assertThat(normal.mentions()).isZero();
    assertThat(Shape.of(DriftMarkdown.of(HOSTILE.loud(), "prod"))).isEqualTo(normal);
  }

  @Test
  void markdownFitsIntoAnIssueHoweverMuchWasFound() {
    List<Found> many =
        java.util.stream.IntStream.range(0, 5000)
            .mapToObj(i ->
                new Found(
                    new Finding.CaAdded("n" + i + ".sdvdw", NORMAL.certificate()),
                    DriftSamples.NOW,
                    DriftSamples.NOW))
            .toList();
    var loud = NORMAL.loud();
    var drift =
        new newleaf.drift.Drift(
            loud.asOf(),
            loud.file(),
            loud.looked(),
            loud.measure(),
            loud.snapshotAt(),
            many,
            loud.failWithin(),
            loud.atRisk(),
            loud.leftOut(),
            loud.lockHolder(),
            0,
            loud.nextDue(),
            loud.seen());
    String markdown = DriftMarkdown.of(drift, "prod");
    assertThat(markdown).hasSizeLessThan(60_000).contains("5000 changes by others", " more; see");
  }

  /// What the text is made of, counted. Without code spans, which a text may have more or less of:
  /// each @ of it becomes one.
  private record Shape(
      int headings, int cells, int links, int emphasis, int html, int images, int mentions) {

    static Shape of(String markdown) {
      Counter counter = new Counter();
      Node document =
          Parser.builder().extensions(List.of(TablesExtension.create())).build().parse(markdown);
      document.accept(counter);
      return new Shape(
          counter.headings,
          counter.cells,
          counter.links,
          counter.emphasis,
          counter.html,
          counter.images,
          counter.mentions);
    }
  }

  private static final class Counter extends AbstractVisitor {
    /// For the parser a block of HTML is one text.
    private static final Pattern TAG = Pattern.compile("<[^>]*>");

    private int headings;
    private int cells;
    private int links;
    private int emphasis;
    private int html;
    private int images;
    private int mentions;

    @Override
    public void visit(Heading heading) {
      headings++;
      visitChildren(heading);
    }

    @Override
    public void visit(Link link) {
      links++;
    }

    @Override
    public void visit(Image image) {
      images++;
    }

    @Override
    public void visit(Text text) {
      mentions += text.getLiteral().contains("@") ? 1 : 0;
    }

    @Override
    public void visit(Emphasis text) {
      emphasis++;
    }

    @Override
    public void visit(HtmlBlock block) {
      Matcher tags = TAG.matcher(block.getLiteral().replace("<code>@</code>", ""));
      html += (int) tags.results().count();
      mentions += tags.replaceAll("").contains("@") ? 1 : 0;
    }

    @Override
    public void visit(HtmlInline inline) {
      html++;
    }

    @Override
    public void visit(org.commonmark.node.CustomNode node) {
      if (node instanceof org.commonmark.ext.gfm.tables.TableCell) {
        cells++;
      }
      visitChildren(node);
    }
  }
}
