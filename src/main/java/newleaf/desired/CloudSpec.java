package newleaf.desired;

import java.util.Optional;

/// How to reach the Cloud Ops API.
///
/// @param address host:port; default `saas-api.tmprl.cloud:443`
/// @param plaintext no TLS; allowed for loopback addresses only (the emulator)
/// @param serverCa PEM file to trust instead of the system's roots, for the API and the frontends
public record CloudSpec(
    String address, SecretSource apiKey, boolean plaintext, Optional<String> serverCa) {}
