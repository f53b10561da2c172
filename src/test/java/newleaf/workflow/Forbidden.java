package newleaf.workflow;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Calls that may do another thing when a workflow is replayed, or that block a thread where
/// Temporal does not know of it.
///
/// The order of a HashMap or a HashSet is that of hash codes, which may be those of an address. It
/// is only seen here when it is called as what it is, and not as Map or Set; nor is the order of
/// `Map.of` and `Set.of`, which is another one in each JVM.
final class Forbidden {
  private static final Pattern CALLS =
      anyOf(
          """
          java.lang.System.(currentTimeMillis|nanoTime|getenv|getProperty|getProperties)
          java.lang.System.(identityHashCode|exit)
          java.lang.Object.(wait|notify|notifyAll)
          java.lang.*Thread*.*
          java.lang.Process*.*
          java.lang.Runtime.*
          java.lang.(Strict|)Math.random
          java.time.*.now
          java.time.(Clock|InstantSource).(system|tick)*
          java.time.ZoneId.systemDefault
          java.util.(Date|GregorianCalendar).<init>
          java.util.Calendar.getInstance
          java.util.UUID.randomUUID
          java.util.(random.*|*Random).*
          java.util.Timer.*
          java.util.Collections.shuffle
          java.util.Arrays.parallel*
          java.util.Hash(Map|Set).(iterator|spliterator|forEach|stream|toArray)
          java.util.HashMap.(keySet|values|entrySet|replaceAll)
          java.util.concurrent.*
          java.security.SecureRandom.*
          java.(io|net|nio.file|nio.channels).*
          javax.net.*
          *.(parallelStream|parallel)
          io.grpc.*
          io.temporal.(client|serviceclient|worker).*
          io.temporal.activity.Activity.*
          """);

  private static final Pattern HARMLESS =
      anyOf(
          """
          java.util.concurrent.Callable.call
          java.util.concurrent.TimeUnit.(to|convert|valueOf|values)*
          java.util.concurrent.atomic.*
          """);

  private Forbidden() {}

  /// @param lines with `*` for anything
  private static Pattern anyOf(String lines) {
    return Pattern.compile(
        lines.lines().collect(Collectors.joining("|")).replace(".", "\\.").replace("*", ".*"));
  }

  static boolean is(Place called) {
    String name = called.toString();
    return CALLS.matcher(name).matches() && !HARMLESS.matcher(name).matches();
  }
}
