/// What the YAML asks for, each value knowing its line. Files are read here and nothing else is: no
/// clock, no network, and nothing of what is there now. Bytes become characters (`SourceText`),
/// characters a tree (`YamlNodes`, the only file that knows the YAML library), and each part of the
/// tree its record (`CaYaml`, `LeafYaml` ...); `CaRules`, `WorkerRules` and `WorkloadRules` look at
/// them together, and `Hints` at what is allowed and perhaps not meant.
package newleaf.desired;
