/// Keys, CAs, leaves, PEM: what a certificate is and how one is issued. No file, no network, no
/// clock: the time comes in as an `Instant`, randomness as a `SecureRandom`. The only package that
/// knows Bouncy Castle.
package newleaf.cert;
