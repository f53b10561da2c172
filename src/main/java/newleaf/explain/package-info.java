/// What newleaf tells about itself: what each `NL####` code means (cause and cure), and the JSON
/// Schemas of the files it reads and writes. The words are resources; here is only what finds them.
package newleaf.explain;
