package newleaf.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Answers many questions. Where several are about one namespace it is listed, if that is allowed,
/// instead of asking for each object by its name.
record ByNamespace(KubeConnection connection) {
  /// From so many on a list is less work for the API server, too.
  private static final int MANY = 4;

  /// @param many answers those of one namespace that it can by lists
  /// @param one answers one that is left, several at once
  /// @return answers in the order of the questions
  <A, B> List<B> answers(
      Collection<A> questions,
      Function<A, String> namespace,
      Function<List<A>, Map<A, B>> many,
      Function<A, B> one) {
    Map<A, B> answers = new HashMap<>();
    connection.each(groups(questions, namespace), many).forEach(answers::putAll);
    List<A> left = questions.stream().filter(q -> !answers.containsKey(q)).distinct().toList();
    List<B> single = connection.each(left, one);
    for (int i = 0; i < left.size(); i++) {
      answers.put(left.get(i), single.get(i));
    }
    return questions.stream().map(answers::get).toList();
  }

  private static <A> List<List<A>> groups(Collection<A> questions, Function<A, String> namespace) {
    return questions.stream()
        .collect(Collectors.groupingBy(namespace, LinkedHashMap::new, Collectors.toList()))
        .values()
        .stream()
        .filter(ByNamespace::isMany)
        .toList();
  }

  static boolean isMany(Collection<?> questions) {
    return questions.size() >= MANY;
  }

  /// Objects by their names; none for whoever may not list them, who may still read each.
  ///
  /// @param doing what for, as `listing the Secrets of namespace a`
  <T extends HasMetadata> Map<String, T> listed(String doing, Supplier<List<T>> list) {
    return connection
        .callIfAllowed(doing, list)
        .map(found ->
            found.stream()
                .collect(
                    Collectors.toMap(
                        o -> o.getMetadata().getName(), Function.identity(), (_, later) -> later)))
        .orElse(Map.of());
  }
}
