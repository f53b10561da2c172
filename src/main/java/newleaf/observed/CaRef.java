package newleaf.observed;

/// A CA by its name in the YAML and the directory its keys live in.
///
/// @param directory as written in the YAML; relative to the YAML file's folder
public record CaRef(String name, String directory) {}
