/// The local disk: CA keys, encrypted, and leaves for workers outside Kubernetes. An edge, so it
/// implements ports of the core and decides nothing. Never here: a key in a message, a passphrase
/// kept, a file that can be found half written.
package newleaf.files;
