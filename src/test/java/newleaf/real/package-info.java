/// Tests against real software: a Kubernetes control plane, a Temporal server, the command line
/// tools of both, linters. Tagged `real`; `mvn -Preal test` runs them where Go is present, since
/// `src/test/peers` builds all of it from the Go module proxy. Everything listens on loopback only.
package newleaf.real;
