/// From a live account and cluster to a desired-state file that plans to "no changes". Reads only.
package newleaf.adopt;
