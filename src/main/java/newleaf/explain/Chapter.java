package newleaf.explain;

import java.util.List;

/// The codes that begin with the same two digits: one part of newleaf.
public record Chapter(String title, List<Article> articles) {
  public Chapter {
    articles = List.copyOf(articles);
  }
}
