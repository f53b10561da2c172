package newleaf.emulator.frontend;

import java.time.Instant;
import newleaf.cert.Certificate;

/// One handshake in which a client showed a certificate.
public record Handshake(Instant at, String namespace, Certificate leaf, Verdict verdict) {}
