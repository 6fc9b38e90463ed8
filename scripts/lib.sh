# Shared by the scripts beside it, which source it after `set -euo pipefail`.
# Sets: root (the checkout), jar (what the scripts run), java (the command that runs it), bare (what
# a command is started with: nothing, unless bare_environment was called).
# shellcheck shell=bash

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
jar=$root/benchmarks/target/benchmarks.jar
java=java
bare=()

# Finds a JDK of 17 or newer, in JAVA_HOME if that is set, and leaves it in `java`.
require_java17() {
  if [[ -n ${JAVA_HOME:-} ]]; then
    java=$JAVA_HOME/bin/java
  fi
  if ! command -v "$java" >/dev/null; then
    echo "Java 17 or newer is needed, and '$java' was not found. Install a JDK or set JAVA_HOME." >&2
    exit 2
  fi
  local version
  version=$("$java" -XshowSettings:properties -version 2>&1 |
    sed -n 's/^ *java\.specification\.version = \([0-9]*\).*/\1/p')
  if ((${version:-0} < 17)); then
    echo "Java 17 or newer is needed, and '$java' is Java ${version:-of an unknown version}." >&2
    exit 2
  fi
}

require_maven() {
  if ! command -v mvn >/dev/null; then
    echo "Maven 3.8 or newer is needed to build, and 'mvn' was not found." >&2
    exit 2
  fi
}

# Builds the jar if it is missing or a source is newer. What Maven says goes to standard error.
ensure_built() {
  if [[ -f $jar ]] && [[ -z $(newer_sources) ]]; then
    return
  fi
  require_maven
  echo "Building benchmarks/target/benchmarks.jar ..." >&2
  if ! (cd -- "$root" && mvn -q -B -Dmaven.test.skip=true -Dspotless.check.skip=true package) >&2; then
    echo "The build failed; what Maven said stands above." >&2
    exit 1
  fi
}

# Prints one source that is newer than the jar, if there is any.
newer_sources() {
  find "$root/pom.xml" "$root"/{harness,fixtures,results,benchmarks}/{pom.xml,src/main} \
    -type f -newer "$jar" -print -quit 2>/dev/null
}

# What measures the simulator needs no key, so no process of it gets one: leaves in `bare` a command
# that lets only what Java, the shell and the terminal need through to the one after it, and where
# GitHub Actions wants its summary, which is a path. It names
# what to leave out: what `env` is told to set stands in its arguments, which everybody can read.
bare_environment() {
  bare=(env)
  local name
  while IFS= read -r name; do
    case $name in
      PATH | HOME | USER | JAVA_HOME | JAVA_TOOL_OPTIONS | TMPDIR | LANG | LC_ALL | LC_CTYPE | TERM | TZ | \
        GITHUB_STEP_SUMMARY | '') ;;
      *) bare+=(-u "$name") ;;
    esac
  done < <(awk 'BEGIN { for (name in ENVIRON) print name }')
}
