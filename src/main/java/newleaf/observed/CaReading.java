package newleaf.observed;

import java.security.cert.X509Certificate;

/// A generation of a CA and its certificate in full.
public record CaReading(ObservedCa ca, X509Certificate certificate) {}
