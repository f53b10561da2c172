package newleaf.emulator.cluster;

/// The query parameters of a write.
///
/// @param manager who writes, for field ownership
/// @param dryRun checks everything and stores nothing
/// @param force server-side apply takes fields from others
record WriteOptions(String manager, boolean dryRun, boolean force) {}
