package newleaf.emulator.fault;

/// A call: where a fault can strike.
///
/// @param method `UpdateNamespace`; `patch secrets`; `start pods` is what the kubelet does
/// @param resource `<name>.<account>`; `<namespace>/<name>`; empty for a list
public record Site(String method, String resource) {}
