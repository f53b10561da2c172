/// Measures newleaf at the size of a fleet. Nothing in here is shipped.
package newleaf.bench;
