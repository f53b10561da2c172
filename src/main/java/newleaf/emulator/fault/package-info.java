/// Faults on demand: what goes wrong, at which call, how often; and the one place that decides.
/// Both servers of the emulator ask it at every call.
package newleaf.emulator.fault;
