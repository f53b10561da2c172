package newleaf.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirementBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PodSelectionTest {
  private static boolean selects(LabelSelectorBuilder selector, Map<String, String> labels) {
    Pod pod = new PodBuilder().withNewMetadata().withLabels(labels).endMetadata().build();
    return new PodSelection(selector.build()).matches(pod);
  }

  private static LabelSelectorBuilder app(String name) {
    return new LabelSelectorBuilder().addToMatchLabels("app", name);
  }

  private static LabelSelectorBuilder tier(String operator, String... values) {
    return new LabelSelectorBuilder().addToMatchExpressions(requirement(operator, values));
  }

  private static LabelSelectorRequirement requirement(String operator, String... values) {
    return new LabelSelectorRequirementBuilder()
        .withKey("tier")
        .withOperator(operator)
        .withValues(values)
        .build();
  }

  @Test
  void everyLabelHasToMatchAndFurtherOnesDoNotMatter() {
    assertThat(selects(app("a"), Map.of("app", "a", "more", "b"))).isTrue();
    assertThat(selects(app("a"), Map.of("app", "b"))).isFalse();
    assertThat(selects(app("a"), Map.of())).isFalse();
    assertThat(selects(app("a").addToMatchLabels("more", "c"), Map.of("app", "a"))).isFalse();
  }

  @Test
  void expressionsMeanWhatKubernetesSays() {
    assertThat(selects(tier("In", "x", "y"), Map.of("tier", "y"))).isTrue();
    assertThat(selects(tier("In", "x"), Map.of())).isFalse();
    assertThat(selects(tier("NotIn", "x"), Map.of("tier", "x"))).isFalse();
    assertThat(selects(tier("NotIn", "x"), Map.of()))
        .isTrue(); // as kubectl: a missing label passes
    assertThat(selects(tier("Exists"), Map.of("tier", ""))).isTrue();
    assertThat(selects(tier("Exists"), Map.of())).isFalse();
    assertThat(selects(tier("DoesNotExist"), Map.of())).isTrue();
    assertThat(selects(tier("DoesNotExist"), Map.of("tier", "x"))).isFalse();
    assertThat(selects(app("a").addToMatchExpressions(requirement("Exists")), Map.of("app", "a")))
        .isFalse();
  }
}
