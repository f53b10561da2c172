# For the scripts beside this file, which source it: builds, starts and stops a fleet server, and measures commands.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/newleaf-bench.XXXXXX")
fleet=
trap 'stop_fleet; rm -rf "$work"' EXIT
trap 'exit 1' INT TERM

# Compiles newleaf and src/bench when a source is newer than the last time.
build() {
  classpath=$here/target/bench.classpath
  if [ ! -e "$classpath" ] || [ -n "$(find "$here/pom.xml" "$here/src/main" "$here/src/bench/java" -newer "$classpath" -print | head -n 1)" ]; then
    echo "building ..." >&2
    (cd "$here" && mvn -q -B -Pbench test-compile dependency:build-classpath -Dmdep.outputFile="$classpath" -Dmdep.includeScope=test) >&2
    touch "$classpath"
  fi
  jdk=${JDK25:-$(find_jdk)}
}

find_jdk() {
  for one in "${JAVA_HOME:-}" /usr/lib/jvm/*; do
    if grep -q '^JAVA_VERSION="2[5-9]' "$one/release" 2>/dev/null; then
      printf '%s\n' "$one"
      return 0
    fi
  done
  echo "no JDK 25 was found; set JDK25" >&2
  return 1
}

# java CLASS ARGUMENTS: a class of src/bench.
bench_java() {
  "$jdk/bin/java" ${BENCH_OPTIONS:-} --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -Djdk.tls.server.newSessionTicketCount=0 \
    -cp "$here/target/test-classes:$here/target/classes:$(cat "$here/target/bench.classpath")" "$@"
}

# start_fleet OPTIONS: of FleetServer but --folder; its environment is then this shell's.
start_fleet() {
  stop_fleet
  folder=$(mktemp -d "$work/fleet.XXXXXX")
  bench_java newleaf.bench.FleetServer --folder "$folder" "$@" >/dev/null 2>"$folder/errors" &
  fleet=$!
  while [ ! -e "$folder/environment" ]; do
    kill -0 "$fleet" 2>/dev/null || { cat "$folder/errors" >&2; exit 1; }
    sleep 0.1
  done
  . "$folder/environment"
}

stop_fleet() {
  [ -z "$fleet" ] || { kill "$fleet" 2>/dev/null && wait "$fleet" || :; }
  fleet=
}

# What the fleet server did since this was last called.
stats() {
  curl -sS "$FLEET_STATS"
}

# stat NAME TEXT: the number of a line of stats, or 0.
stat() {
  printf '%s\n' "$2" | awk -v name="$1" '$1 == name {n = $2} END {print n + 0}'
}

# The sum of the calls of the Cloud Ops API (their names have no hyphen) or of the cluster (they have).
cloud_calls() {
  printf '%s\n' "$1" | awk '/^calls:/ && $1 !~ /-/ {n += $2} END {print n + 0}'
}
cluster_calls() {
  printf '%s\n' "$1" | awk '/^calls:/ && $1 ~ /-/ {n += $2} END {print n + 0}'
}

# timed FILE COMMAND: runs it, its output to FILE, and prints "wall_s cpu_s rss_mib exit".
timed() {
  out=$1
  shift
  python3 - "$out" "$@" <<'PYTHON'
import os, resource, subprocess, sys, time
with open(sys.argv[1], "wb") as out:
    start = time.monotonic()
    process = subprocess.Popen(sys.argv[2:], stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT)
    _, status, used = os.wait4(process.pid, 0)
    wall = time.monotonic() - start
print(f"{wall:.2f} {used.ru_utime + used.ru_stime:.2f} {used.ru_maxrss // 1024} {os.waitstatus_to_exitcode(status)}")
PYTHON
}

load() {
  printf 'load %s, %s cores\n' "$(cut -d' ' -f1-3 /proc/loadavg)" "$(nproc)"
}
