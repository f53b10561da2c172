/// An account of Temporal Cloud and its Cloud Ops API (gRPC `CloudService`), as strict as the real
/// one: people rehearse outages on it. Knows nothing of the frontend. Never a key in a text here.
package newleaf.emulator.cloud;
