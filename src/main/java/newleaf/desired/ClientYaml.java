package newleaf.desired;

/// An entry of `clients:`.
final class ClientYaml {
  private ClientYaml() {}

  static ClientSpec read(String name, Section client, Table<LeafSpec> leaves) {
    client.knows("leaf", "secret", "directory", "cluster", "acknowledged");
    return new ClientSpec(
        name,
        client.text("leaf", leaves).value(),
        PlaceYaml.read(client, false, PlaceYaml.cluster(client)),
        client.flag("acknowledged"),
        client.at());
  }
}
