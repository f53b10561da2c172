/// Plans and progress as text. No I/O and no decision: what is printed is what the plan or the
/// event says.
package newleaf.report;
