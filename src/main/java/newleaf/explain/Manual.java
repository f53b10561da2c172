package newleaf.explain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Every code that newleaf prints, explained. Codes NL10.. are in the resource `NL10.md`, and so
/// on: a line `# title of the chapter`, then for each code a line `## NL1013 title` and its text. A
/// new chapter is a new file; nothing else names it.
public final class Manual {
  private static final int FIRST_CHAPTER = 10;
  private static final int LAST_CHAPTER = 99;
  private static final Pattern CODE = Pattern.compile("(?:NL)?([0-9]{4})");
  private static final Pattern HEADING = Pattern.compile("(?m)^## (NL[0-9]{4}) (.+)$");

  private final List<Chapter> chapters;

  private Manual(List<Chapter> chapters) {
    this.chapters = List.copyOf(chapters);
  }

  public static Manual load() {
    List<Chapter> chapters = new ArrayList<>();
    for (int number = FIRST_CHAPTER; number <= LAST_CHAPTER; number++) {
      Resource.text("NL" + number + ".md").map(Manual::chapter).ifPresent(chapters::add);
    }
    return new Manual(chapters);
  }

  public List<Chapter> chapters() {
    return chapters;
  }

  /// @param written as a person writes it: `NL1013`, `nl1013` or `1013`
  public Optional<Article> find(String written) {
    return number(written)
        .map(digits -> "NL" + digits)
        .flatMap(code -> articles().stream().filter(a -> a.code().equals(code)).findFirst());
  }

  /// The codes around one that is not there; none when it is no code at all.
  public List<Article> nearest(String written) {
    return number(written)
        .map(Integer::parseInt)
        .map(wanted ->
            articles().stream()
                .sorted(Comparator.comparingInt((Article a) -> distance(a, wanted)))
                .limit(3)
                .sorted(Comparator.comparing(Article::code))
                .toList())
        .orElse(List.of());
  }

  private List<Article> articles() {
    return chapters.stream().flatMap(c -> c.articles().stream()).toList();
  }

  private static Optional<String> number(String written) {
    Matcher code = CODE.matcher(written.strip().toUpperCase(Locale.ROOT));
    return code.matches() ? Optional.of(code.group(1)) : Optional.empty();
  }

  private static int distance(Article article, int number) {
    return Math.abs(Integer.parseInt(article.code().substring(2)) - number);
  }

  private static Chapter chapter(String text) {
    List<Article> articles = new ArrayList<>();
    Matcher heading = HEADING.matcher(text);
    boolean more = heading.find();
    String title = text.substring(0, more ? heading.start() : text.length());
    while (more) {
      String code = heading.group(1);
      String about = heading.group(2);
      int start = heading.end();
      more = heading.find();
      String body = text.substring(start, more ? heading.start() : text.length());
      articles.add(new Article(code, about, body.strip()));
    }
    return new Chapter(title.strip().replaceFirst("^# ", ""), articles);
  }
}
