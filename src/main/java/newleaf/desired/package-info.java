/// What the YAML asks for, each value knowing its line. Files are read here and nothing else is: no
/// clock, no network, and nothing of what is there now.
package newleaf.desired;
