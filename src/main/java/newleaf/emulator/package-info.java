/// A Temporal Cloud on loopback: the Cloud Ops API and the mTLS frontend over one account. It is
/// what the demo and the tests rotate certificates on, and must never be kinder than the service.
package newleaf.emulator;
