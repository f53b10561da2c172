package newleaf.cli;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;
import java.util.Optional;
import newleaf.report.LiveTable.Size;

/// The size of the terminal behind a file descriptor, from the kernel: no variable tells it, and it
/// changes. Linux, macOS and the BSDs; nowhere else is there a live table.
final class WindowSize {
  static final int STANDARD_ERROR = 2;
  private static final int MOST = 10_000;

  /// struct winsize: rows, columns, and two more of 16 bits each
  private static final long STRUCT = 8;

  private WindowSize() {}

  /// Empty when it is no terminal, or does not say.
  static Optional<Size> of(int descriptor, String system) {
    if (system.toLowerCase(Locale.ROOT).startsWith("windows")) {
      return Optional.empty();
    }
    long request = system.equals("Linux") ? 0x5413L : 0x40087468L; // TIOCGWINSZ
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment size = arena.allocate(STRUCT);
      int failed = (int) ioctl().invokeExact(descriptor, request, size);
      int rows = Short.toUnsignedInt(size.get(ValueLayout.JAVA_SHORT, 0));
      int columns = Short.toUnsignedInt(size.get(ValueLayout.JAVA_SHORT, 2));
      boolean known = failed == 0 && rows > 0 && columns > 0 && rows < MOST && columns < MOST;
      return known ? Optional.of(new Size(columns, rows)) : Optional.empty();
    } catch (Throwable _) {
      return Optional.empty(); // without it there are plain lines, which say the same
    }
  }

  @SuppressWarnings("restricted") // the launcher allows native access
  private static MethodHandle ioctl() {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow("ioctl"),
        FunctionDescriptor.of(
            ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS),
        Linker.Option.firstVariadicArg(2));
  }
}
