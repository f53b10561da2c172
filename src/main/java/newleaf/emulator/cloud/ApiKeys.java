package newleaf.emulator.cloud;

import java.util.Set;

/// The API keys that are accepted; they never leave through `toString`.
public record ApiKeys(Set<String> values) {
  public ApiKeys {
    values = Set.copyOf(values);
  }

  boolean accept(String key) {
    return values.contains(key);
  }

  @Override
  public String toString() {
    return "ApiKeys[" + values.size() + "]";
  }
}
