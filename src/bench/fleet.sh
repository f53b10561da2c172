# shellcheck shell=sh
# For the scripts beside this file, which source it: builds, starts and stops a fleet server, and measures commands.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
newleaf=${NEWLEAF:-$here/newleaf}
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

# bench_java CLASS ARGUMENTS: becomes a class of src/bench, so it is called in a subshell, which then can be killed.
bench_java() {
  exec "$jdk/bin/java" ${BENCH_OPTIONS:-} --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -Djdk.tls.server.newSessionTicketCount=0 \
    -cp "$here/target/test-classes:$here/target/classes:$(cat "$here/target/bench.classpath")" "$@"
}

# start_fleet OPTIONS: of FleetServer but --folder; its environment is then this shell's.
start_fleet() {
  stop_fleet
  folder=$(mktemp -d "$work/fleet.XXXXXX")
  (bench_java newleaf.bench.FleetServer --folder "$folder" "$@" >/dev/null 2>"$folder/errors") &
  fleet=$!
  while [ ! -e "$folder/environment" ]; do
    kill -0 "$fleet" 2>/dev/null || { cat "$folder/errors" >&2; exit 1; }
    sleep 0.1
  done
  . "$folder/environment"
}

stop_fleet() {
  [ -z "$fleet" ] || { kill "${FLEET_PID:-$fleet}" 2>/dev/null && wait "$fleet" 2>/dev/null || :; }
  fleet=
  unset FLEET_PID
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

# timed COMMAND: runs it, its output to $work/output, and sets wall and cpu in seconds, rss in MiB (of the largest process).
timed() {
  /usr/bin/time -o "$work/time" -f '%e %U %S %M' "$@" >"$work/output" 2>&1 </dev/null || {
    cat "$work/output" >&2
    echo "failed: $*" >&2
    exit 1
  }
  read -r wall user system peak <"$work/time"
  cpu=$(calculate "$user + $system")
  rss=$((peak / 1024))
}

# several TIMES COMMAND: as timed, of that many runs the one of median wall time; the others only have to succeed.
several() {
  times=$1
  shift
  : >"$work/runs"
  for run in $(seq "$times"); do
    timed "$@"
    echo "$wall $cpu $rss" >>"$work/runs"
  done
  read -r wall cpu rss <<EOF
$(sort -n "$work/runs" | sed -n "$(((times + 1) / 2))p")
EOF
}

calculate() {
  awk "BEGIN {printf \"%.${2:-2}f\", $1}"
}

load() {
  printf 'load %s, %s cores\n' "$(cut -d' ' -f1-3 /proc/loadavg)" "$(nproc)"
}
