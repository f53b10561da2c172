/// How records become JSON and come back: names, type tags and limits are decided here, once. The
/// only package that knows the JSON library; it knows none of ours.
package newleaf.json;
