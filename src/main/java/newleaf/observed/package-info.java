/// What is there now, gathered read-only: namespaces, CAs, leaves, workers. Ports that read belong
/// here; nothing in this package can write, and nothing here knows what is desired.
package newleaf.observed;
