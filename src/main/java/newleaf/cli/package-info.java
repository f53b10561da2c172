/// The commands, and the only place where ports meet what is behind them. Reads the clock, the
/// environment and the terminal for everybody else.
package newleaf.cli;
