/// The mTLS frontend of the emulated namespaces: one loopback port each, judged as Temporal Cloud
/// (a Go server) judges, before a real Temporal test server. A verdict never outlives its
/// connection: no session is resumed, trust is read anew at each handshake.
package newleaf.emulator.frontend;
