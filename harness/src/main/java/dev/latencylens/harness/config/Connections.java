package dev.latencylens.harness.config;

import java.time.Duration;

/**
 * How connections are kept and used again. All numbers are for one host and port.
 *
 * @param poolSize the most connections that are open at a time, from 1 to {@link #MOST}; at least
 *     as many as streams in flight are allowed all the same, see {@link #withRoomFor}
 * @param maxIdlePerHost the most connections that stay open without a stream, from 0 to {@link
 *     #MOST}: what is beyond is closed as its stream ends, the one that has been idle longest first
 * @param poolIdleTimeout how long a connection stays open without a stream, from {@link
 *     #SHORTEST_IDLE} to {@link #LONGEST_IDLE}; it is closed at most a tenth of that later
 * @param reuse whether a connection may carry another stream after its first one has ended; without
 *     it each stream is cold: it opens a connection of its own
 * @param prepare whether the connections that a load needs are opened before its first stream,
 *     without a request; there is nothing to prepare without reuse
 * @param resumeSessions whether a new connection may resume the TLS session of an earlier one,
 *     which shortens its handshake; without it each handshake is a whole one
 */
public record Connections(
    int poolSize,
    int maxIdlePerHost,
    Duration poolIdleTimeout,
    boolean reuse,
    boolean prepare,
    boolean resumeSessions) {

  /** The most connections of each kind. */
  public static final int MOST = 10_000;

  /** The shortest time that an idle connection can be kept. */
  public static final Duration SHORTEST_IDLE = Duration.ofMillis(100);

  /** The longest time that an idle connection can be kept. */
  public static final Duration LONGEST_IDLE = Duration.ofHours(24);

  /**
   * What holds where the configuration says nothing: 100 connections, of which 10 may be idle, for
   * 90 s; they are opened before a load begins and used again, and TLS sessions are not.
   */
  public static final Connections DEFAULT =
      new Connections(100, 10, Duration.ofSeconds(90), true, true, false);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a value is out of range
   */
  public Connections {
    if (poolSize < 1 || poolSize > MOST) {
      throw new IllegalArgumentException("pool_size must be from 1 to " + MOST);
    }
    if (maxIdlePerHost < 0 || maxIdlePerHost > MOST) {
      throw new IllegalArgumentException("max_idle_per_host must be from 0 to " + MOST);
    }
    if (poolIdleTimeout.compareTo(SHORTEST_IDLE) < 0
        || poolIdleTimeout.compareTo(LONGEST_IDLE) > 0) {
      throw new IllegalArgumentException(
          "pool_idle_timeout must be from " + SHORTEST_IDLE + " to " + LONGEST_IDLE);
    }
  }

  /**
   * The same with a pool that has room for so many streams: a pool smaller than that would be a
   * queue that nobody measures.
   *
   * @param streams how many may be in flight to one host, from 1 to {@link #MOST}
   * @return a copy whose {@code poolSize} is the larger of the two
   */
  public Connections withRoomFor(final int streams) {
    return new Connections(
        Math.max(poolSize, streams),
        maxIdlePerHost,
        poolIdleTimeout,
        reuse,
        prepare,
        resumeSessions);
  }

  /**
   * The same with room for the connections of so many streams once those have ended: a user whose
   * connection was closed as surplus would open another one for each stream, and measure little
   * else than handshakes.
   *
   * @param streams how many may be in flight to one host, from 1 to {@link #MOST}
   * @return a copy whose {@code maxIdlePerHost} is the larger of the two
   */
  public Connections keepingIdle(final int streams) {
    return new Connections(
        poolSize,
        Math.max(maxIdlePerHost, streams),
        poolIdleTimeout,
        reuse,
        prepare,
        resumeSessions);
  }

  /**
   * The same with or without reuse.
   *
   * @param other whether a connection may carry another stream
   * @return a copy
   */
  public Connections withReuse(final boolean other) {
    return new Connections(
        poolSize, maxIdlePerHost, poolIdleTimeout, other, prepare, resumeSessions);
  }
}
