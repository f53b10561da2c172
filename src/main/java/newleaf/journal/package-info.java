/// What was begun and what became of it, on disk before and after each effect; and the lock that
/// lets one newleaf act at a time. Never a private key: fingerprints, addresses and public
/// certificates only.
package newleaf.journal;
