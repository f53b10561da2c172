/// What was changed from outside since newleaf last looked, and what is about to end. Pure, and it
/// can not write: it comes before `apply`, where the ports that write are.
package newleaf.drift;
