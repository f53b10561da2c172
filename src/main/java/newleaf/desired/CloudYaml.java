package newleaf.desired;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `cloud: {address, apiKey, plaintext, serverCa}`, all of it optional.
final class CloudYaml {
  private static final String DEFAULT_ADDRESS = "saas-api.tmprl.cloud:443";
  private static final SecretSource DEFAULT_KEY = new SecretSource.Env("TEMPORAL_CLOUD_API_KEY");
  static final Pattern ADDRESS = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[A-Za-z0-9.-]+):(\\d{1,5})");
  private static final Pattern LOOPBACK =
      Pattern.compile("(localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1]):\\d+");

  private CloudYaml() {}

  static CloudSpec read(Optional<Section> written) {
    return written
        .map(CloudYaml::read)
        .orElse(new CloudSpec(DEFAULT_ADDRESS, DEFAULT_KEY, false, Optional.empty()));
  }

  private static CloudSpec read(Section cloud) {
    cloud.knows("address", "apiKey", "plaintext", "serverCa");
    String address =
        cloud
            .optionalText("address", hostAndPort(DEFAULT_ADDRESS))
            .map(Located::value)
            .orElse(DEFAULT_ADDRESS);
    boolean plaintext = cloud.flag("plaintext");
    if (plaintext) {
      refuseFarPlaintext(cloud, address, "the API key");
    }
    return new CloudSpec(
        address,
        SecretYaml.read(cloud, "apiKey", false, DEFAULT_KEY),
        plaintext,
        cloud.optionalText("serverCa", Section.Check.ANY).map(Located::value));
  }

  /// @param what must not be read on the way
  static void refuseFarPlaintext(Section section, String address, String what) {
    if (!LOOPBACK.matcher(address).matches()) {
      section
          .problems()
          .add(
              Codes.PLAINTEXT,
              section.at("plaintext"),
              "%s.plaintext is true, but %s is not this machine; %s would cross the network readable."
                  .formatted(section.name(), Texts.quoted(address), what),
              "Remove plaintext.");
    }
  }

  static Section.Check hostAndPort(String example) {
    return (name, text, problems) -> {
      Matcher parts = ADDRESS.matcher(text.value());
      int port = parts.matches() ? Integer.parseInt(parts.group(2)) : 0;
      if (port < 1 || port > 65_535) {
        problems.add(
            Codes.ADDRESS,
            text.source(),
            name + " is " + Texts.quoted(text.value()) + ", which is no host:port.",
            "Write it like " + example + ".");
      }
    };
  }
}
