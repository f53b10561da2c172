/// Carries out a plan step by step and proves each. Reads the plan only and never decides anew:
/// when the world has moved it stops with `Stale`, and planning again is its caller's act. Ports
/// that write belong here.
package newleaf.apply;
