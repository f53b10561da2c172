package newleaf.cli;

import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// An option that wants one of a few words: the names of the constants, in lower case and with
/// hyphens.
abstract class Choice<E extends Enum<E>> implements ITypeConverter<E> {
  private final List<E> all;

  Choice(Class<E> type) {
    this.all = List.of(type.getEnumConstants());
  }

  @Override
  public E convert(String text) {
    return all.stream()
        .filter(one -> word(one).equals(text))
        .findFirst()
        .orElseThrow(() -> new TypeConversionException("say " + words()));
  }

  private static String word(Enum<?> one) {
    return one.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// `text, json or markdown`
  private String words() {
    List<String> words = all.stream().map(Choice::word).toList();
    int last = words.size() - 1;
    return String.join(", ", words.subList(0, last)) + " or " + words.get(last);
  }
}
