/// What Temporal Cloud asks of every certificate, CA or leaf, on upload and in a handshake. Only
/// rules that both halves of the emulator share stand here, so they can not drift apart.
package newleaf.emulator.x509;
