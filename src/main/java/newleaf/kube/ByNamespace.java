package newleaf.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Answers many questions namespace by namespace. Where several are about one namespace it is
/// listed, if that is allowed, instead of asking for each object by its name.
record ByNamespace(KubeConnection connection) {
  /// From so many on a list is less work for the API server, too.
  private static final int MANY = 4;

  static boolean isMany(Collection<?> questions) {
    return questions.size() >= MANY;
  }

  /// @param answer answers the questions about one namespace, in their order
  /// @return answers in the order of all questions
  <A, B> List<B> each(
      Collection<A> questions, Function<A, String> namespace, Function<List<A>, List<B>> answer) {
    Map<String, List<A>> groups = new LinkedHashMap<>();
    questions.forEach(
        q -> groups.computeIfAbsent(namespace.apply(q), _ -> new ArrayList<>()).add(q));
    Map<A, B> answers = new HashMap<>();
    List<List<A>> asked = List.copyOf(groups.values());
    List<List<B>> given = connection.each(asked, answer);
    for (int i = 0; i < asked.size(); i++) {
      for (int j = 0; j < asked.get(i).size(); j++) {
        answers.put(asked.get(i).get(j), given.get(i).get(j));
      }
    }
    return questions.stream().map(answers::get).toList();
  }

  /// Objects by their names; empty for whoever may not list them, who may still read each.
  ///
  /// @param doing what for, as `listing the Secrets of namespace a`
  <T extends HasMetadata> Optional<Map<String, T>> listed(String doing, Supplier<List<T>> list) {
    return connection
        .callIfAllowed(doing, list)
        .map(found ->
            found.stream()
                .collect(
                    Collectors.toMap(
                        o -> o.getMetadata().getName(), Function.identity(), (_, later) -> later)));
  }
}
