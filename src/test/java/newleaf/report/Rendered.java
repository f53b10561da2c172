package newleaf.report;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.CustomNode;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;

/// What a Markdown parser makes of a text.
final class Rendered extends AbstractVisitor {
  final List<String> html = new ArrayList<>();
  final List<String> links = new ArrayList<>();
  final List<Integer> cells = new ArrayList<>();
  final List<String> kinds = new ArrayList<>();
  final StringBuilder words = new StringBuilder();
  int headings;

  static Rendered of(String markdown) {
    Rendered rendered = new Rendered();
    Parser.builder()
        .extensions(List.of(TablesExtension.create()))
        .build()
        .parse(markdown)
        .accept(rendered);
    return rendered;
  }

  @Override
  protected void visitChildren(Node parent) {
    if (!(parent instanceof Text)) {
      kinds.add(parent.getClass().getSimpleName());
    }
    super.visitChildren(parent);
  }

  @Override
  public void visit(HtmlInline node) {
    html.add(node.getLiteral());
  }

  @Override
  public void visit(HtmlBlock node) {
    html.add(node.getLiteral().replaceAll("[0-9]+ lines", "N lines"));
  }

  @Override
  public void visit(Link node) {
    links.add(node.getDestination());
  }

  @Override
  public void visit(Image node) {
    links.add(node.getDestination());
  }

  @Override
  public void visit(Heading node) {
    headings++;
    visitChildren(node);
  }

  /// Text outside of code: where GitHub looks for mentions and references.
  @Override
  public void visit(Text node) {
    words.append(node.getLiteral()).append('\n');
  }

  @Override
  public void visit(CustomNode node) {
    if (node instanceof TableRow) {
      int count = 0;
      for (Node cell = node.getFirstChild(); cell != null; cell = cell.getNext()) {
        count += cell instanceof TableCell ? 1 : 0;
      }
      cells.add(count);
    }
    visitChildren(node);
  }
}
