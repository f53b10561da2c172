/// Speaks with Temporal Cloud over gRPC: reads and changes namespaces through the Cloud Ops API,
/// and connects to their mTLS frontends as a worker would. No proto or netty type leaves this
/// package. The API key and private keys never reach a message, an exception or a log from here.
package newleaf.cloud;
