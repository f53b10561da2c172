/// The difference between what is asked for and what is there, as steps in a safe order, each with
/// its reason. Pure: no clock (time is `Instant asOf`), no file, no network, no randomness.
package newleaf.plan;
