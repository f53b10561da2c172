/// What each `NL####` code means: cause and cure.
package newleaf.explain;
