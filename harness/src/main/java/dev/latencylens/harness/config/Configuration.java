package dev.latencylens.harness.config;

import dev.latencylens.harness.provider.ChatDialect;
import dev.latencylens.harness.provider.Providers;
import dev.latencylens.harness.secret.KeyLocation;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a run measures and how. No key is ever in it. Immutable and thread-safe.
 *
 * @param name the run's name; letters, digits, dots, hyphens and underscores
 * @param targets what is measured: at least one, with different names
 * @param workload what is asked
 * @param loads how many streams, and when they start: a cell of each for each target
 * @param deadlines how long each phase of a stream may take
 * @param limits how fast requests may be released
 * @param safeguards what the run does not go beyond
 * @param objectives what a stream has to meet to be a good one
 * @param comparison what is compared, and from which change on it matters
 * @param http2 whether HTTP/2 is spoken, and whether streams share its connections
 * @param connections how connections are kept and used again
 * @param maxStreamBytes the largest body to accept, in bytes
 * @param maxEventBytes the largest single event to accept, in bytes
 * @param canaryShare streams of the canary, for each stream that the load may have in flight: from
 *     0, which is no canary, to {@link #MOST_CANARY_SHARE}
 * @param keys where keys are found
 * @param care what becomes of data
 * @param prices the price file whose entries come before those that the suite brings along
 * @param dialects the file of services that speak OpenAI's chat API, beside those that the suite
 *     knows
 * @param givenRounds how many rounds of each cell, from 1 to {@link #MOST_ROUNDS}; empty to leave
 *     it to {@link #rounds()}
 * @param seed of the order of rounds and of all else that is random; drawn for the run if empty
 */
public record Configuration(
    Optional<String> name,
    List<Target> targets,
    Workload workload,
    List<Load> loads,
    Deadlines deadlines,
    LimitSettings limits,
    Safeguards safeguards,
    Objectives objectives,
    Comparison comparison,
    Http2 http2,
    Connections connections,
    long maxStreamBytes,
    long maxEventBytes,
    double canaryShare,
    KeySettings keys,
    DataCare care,
    Optional<PriceFile> prices,
    Optional<DialectFile> dialects,
    OptionalInt givenRounds,
    OptionalLong seed) {

  private static final Pattern RUN_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  static final String SHARING_NEEDS_REUSE =
      "with http2: multiplexed streams share connections, and with reuse: false each opens its own:"
          + " choose one";

  /** The most rounds of each cell. */
  public static final int MOST_ROUNDS = 10_000;

  /** The number of rounds where the configuration says nothing. */
  public static final int DEFAULT_ROUNDS = 2;

  /** The number of rounds where it says nothing and something is compared. */
  public static final int COMPARED_ROUNDS = 10;

  /** The largest share of the canary. */
  public static final double MOST_CANARY_SHARE = 0.5;

  /** The share of the canary where the configuration says nothing. */
  public static final double DEFAULT_CANARY_SHARE = 0.02;

  /** The smallest limit of a body: 1 KiB. */
  public static final long LEAST_MAX_STREAM_BYTES = 1L << 10;

  /** The largest limit of a body: 1 GiB. */
  public static final long MOST_MAX_STREAM_BYTES = 1L << 30;

  /** The largest body where the configuration says nothing: 64 MiB. */
  public static final long DEFAULT_MAX_STREAM_BYTES = 64L << 20;

  /** The largest single event where the configuration says nothing: 8 MiB. */
  public static final long DEFAULT_MAX_EVENT_BYTES = 8L << 20;

  /**
   * Copies the list and checks the ranges.
   *
   * @throws IllegalArgumentException if a value is out of range or two targets have one name
   */
  public Configuration {
    if (name.isPresent() && !isRunName(name.get())) {
      throw new IllegalArgumentException("the run's name can't stand in a directory's");
    }
    targets = List.copyOf(targets);
    loads = List.copyOf(loads);
    if (loads.isEmpty()) {
      throw new IllegalArgumentException("a configuration needs at least one load");
    }
    if (targets.isEmpty()) {
      throw new IllegalArgumentException("a configuration needs at least one target");
    }
    final Set<String> names = new HashSet<>();
    for (final Target target : targets) {
      if (!names.add(target.name())) {
        throw new IllegalArgumentException("two targets are called " + target.name());
      }
    }
    if (givenRounds.isPresent()
        && (givenRounds.getAsInt() < 1 || givenRounds.getAsInt() > MOST_ROUNDS)) {
      throw new IllegalArgumentException("rounds must be from 1 to " + MOST_ROUNDS);
    }
    if (maxStreamBytes < LEAST_MAX_STREAM_BYTES || maxStreamBytes > MOST_MAX_STREAM_BYTES) {
      throw new IllegalArgumentException(
          "max_stream_bytes must be from "
              + LEAST_MAX_STREAM_BYTES
              + " to "
              + MOST_MAX_STREAM_BYTES);
    }
    // The negation catches NaN.
    if (!(canaryShare >= 0 && canaryShare <= MOST_CANARY_SHARE)) {
      throw new IllegalArgumentException("canary_share must be from 0 to " + MOST_CANARY_SHARE);
    }
    if (http2 == Http2.MULTIPLEXED && !connections.reuse()) {
      throw new IllegalArgumentException(SHARING_NEEDS_REUSE);
    }
    if (maxEventBytes < LEAST_MAX_STREAM_BYTES || maxEventBytes > MOST_MAX_STREAM_BYTES) {
      throw new IllegalArgumentException("max_event_bytes has the range of max_stream_bytes");
    }
  }

  /**
   * How many rounds of each cell are measured: more where something is compared, for a verdict
   * takes blocks.
   *
   * @return from 1 to {@link #MOST_ROUNDS}
   */
  public int rounds() {
    return givenRounds.orElse(comparison.pairs().isEmpty() ? DEFAULT_ROUNDS : COMPARED_ROUNDS);
  }

  /** The same with a {@code .env} for keys that it does not name. */
  Configuration lookingInto(final Path dotEnv) {
    return copy(
        targets,
        workload,
        loads,
        safeguards,
        new KeySettings(keys.byProvider(), keys.vault(), Optional.of(dotEnv)),
        givenRounds,
        seed);
  }

  /**
   * A configuration with defaults for all but the targets.
   *
   * @param targets what is measured
   * @return the configuration
   */
  public static Configuration of(final List<Target> targets) {
    return new Configuration(
        Optional.empty(),
        targets,
        Workload.DEFAULT,
        List.of(Load.Closed.DEFAULT),
        Deadlines.DEFAULT,
        LimitSettings.NONE,
        Safeguards.DEFAULT,
        Objectives.NONE,
        Comparison.DEFAULT,
        Http2.EXCLUSIVE,
        Connections.DEFAULT,
        DEFAULT_MAX_STREAM_BYTES,
        DEFAULT_MAX_EVENT_BYTES,
        DEFAULT_CANARY_SHARE,
        KeySettings.DEFAULT,
        DataCare.DEFAULT,
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        OptionalLong.empty());
  }

  /**
   * The providers that its targets may have.
   *
   * @return those of the suite, and those that speak its own dialects
   */
  public Providers providers() {
    return Providers.load().with(ownDialects());
  }

  /**
   * The dialects that it brings along.
   *
   * @return none, if it names no file of them
   */
  public List<ChatDialect> ownDialects() {
    return dialects.map(DialectFile::entries).orElseGet(List::of);
  }

  /**
   * The same with other targets.
   *
   * @param other what is measured: at least one
   * @return a copy
   */
  public Configuration withTargets(final List<Target> other) {
    return copy(other, workload, loads, safeguards, keys, givenRounds, seed);
  }

  /**
   * The same with another workload.
   *
   * @param other what is asked
   * @return a copy
   */
  public Configuration withWorkload(final Workload other) {
    return copy(targets, other, loads, safeguards, keys, givenRounds, seed);
  }

  /**
   * The same with one load.
   *
   * @param other how many streams, and when they start
   * @return a copy
   */
  public Configuration withLoad(final Load other) {
    return copy(targets, workload, List.of(other), safeguards, keys, givenRounds, seed);
  }

  /**
   * The same with other safeguards.
   *
   * @param other what the run does not go beyond
   * @return a copy
   */
  public Configuration withSafeguards(final Safeguards other) {
    return copy(targets, workload, loads, other, keys, givenRounds, seed);
  }

  /**
   * The same with another number of rounds.
   *
   * @param other how many rounds of each cell
   * @return a copy
   */
  public Configuration withRounds(final int other) {
    return copy(targets, workload, loads, safeguards, keys, OptionalInt.of(other), seed);
  }

  /**
   * The same with a seed.
   *
   * @param other the seed
   * @return a copy
   */
  public Configuration withSeed(final long other) {
    return copy(targets, workload, loads, safeguards, keys, givenRounds, OptionalLong.of(other));
  }

  private Configuration copy(
      final List<Target> newTargets,
      final Workload newWorkload,
      final List<Load> newLoads,
      final Safeguards newSafeguards,
      final KeySettings newKeys,
      final OptionalInt newRounds,
      final OptionalLong newSeed) {
    return new Configuration(
        name,
        newTargets,
        newWorkload,
        newLoads,
        deadlines,
        limits,
        newSafeguards,
        objectives,
        comparison,
        http2,
        connections,
        maxStreamBytes,
        maxEventBytes,
        canaryShare,
        newKeys,
        care,
        prices,
        dialects,
        newRounds,
        newSeed);
  }

  /**
   * What the manifest says about the configuration: all keys as in the YAML, with all defaults
   * filled in, durations and sizes as they are written there. Prompts are private: they stand as
   * their SHA-256 and length. A CA bundle stands as its file name.
   *
   * @return maps, lists, strings, numbers and booleans, in the order of the schema
   */
  public Map<String, Object> redacted() {
    return ConfigurationSchema.SECTION.plain(this);
  }

  /**
   * What in this configuration could hold a secret that nothing recognises: its file should be
   * readable by its owner alone.
   *
   * @return what it is, such as {@code a command that prints a key}; empty if there is nothing
   */
  public Optional<String> secretBearing() {
    for (final Target target : targets) {
      if (target.extraBody().isPresent()) {
        return Optional.of("extra_body");
      }
      if (target.headers().values().stream().anyMatch(HeaderValue.Literal.class::isInstance)) {
        return Optional.of("headers");
      }
      if (target.key() instanceof KeyReference.Places places
          && places.inOrder().stream().anyMatch(KeyLocation.Command.class::isInstance)) {
        return Optional.of("a command");
      }
    }
    return Optional.empty();
  }

  static boolean isRunName(final String text) {
    return RUN_NAME.matcher(text).matches();
  }
}
