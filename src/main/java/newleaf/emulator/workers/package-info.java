/// What runs in the demo's pods: real Temporal workers over mTLS, and a client that starts
/// workflows all the time and counts what becomes of them.
package newleaf.emulator.workers;
