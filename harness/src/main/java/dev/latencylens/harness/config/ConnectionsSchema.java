package dev.latencylens.harness.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The section {@code connections}. */
final class ConnectionsSchema {
  private static final Key<Connections, Long> POOL_SIZE =
      Key.withDefault(
          "pool_size",
          Types.whole(1, Connections.MOST),
          (long) Connections.DEFAULT.poolSize(),
          connections -> (long) connections.poolSize(),
          "The most connections to one host that are open at a time; at least as many as streams in"
              + " flight are allowed all the same.");

  private static final Key<Connections, Long> MAX_IDLE_PER_HOST =
      Key.withDefault(
          "max_idle_per_host",
          Types.whole(0, Connections.MOST),
          (long) Connections.DEFAULT.maxIdlePerHost(),
          connections -> (long) connections.maxIdlePerHost(),
          "The most connections to one host that stay open without a stream.");

  private static final Key<Connections, Duration> POOL_IDLE_TIMEOUT =
      Key.withDefault(
          "pool_idle_timeout",
          Types.duration(Connections.SHORTEST_IDLE, Connections.LONGEST_IDLE),
          Connections.DEFAULT.poolIdleTimeout(),
          Connections::poolIdleTimeout,
          "How long a connection stays open without a stream.");

  private static final Key<Connections, Boolean> REUSE =
      Key.withDefault(
          "reuse",
          Types.flag(),
          Connections.DEFAULT.reuse(),
          Connections::reuse,
          "Whether a connection may carry another stream. With false each stream opens its own: for"
              + " cold readings, and for servers that close kept-alive connections without a word,"
              + " as llama.cpp's does.");

  private static final Key<Connections, Boolean> PREPARE =
      Key.withDefault(
          "prepare",
          Types.flag(),
          Connections.DEFAULT.prepare(),
          Connections::prepare,
          "Whether connections are opened before the first stream, without a request: as many as"
              + " the load has in flight, or starts in its first second. With false the first"
              + " streams find none.");

  private static final Key<Connections, Boolean> RESUME_SESSIONS =
      Key.withDefault(
          "resume_sessions",
          Types.flag(),
          Connections.DEFAULT.resumeSessions(),
          Connections::resumeSessions,
          "Whether a new connection may resume the TLS session of an earlier one.");

  static final Section<Connections> SECTION =
      new Section<>(
          List.of(POOL_SIZE, MAX_IDLE_PER_HOST, POOL_IDLE_TIMEOUT, REUSE, PREPARE, RESUME_SESSIONS),
          values ->
              Optional.of(
                  new Connections(
                      Math.toIntExact(values.get(POOL_SIZE)),
                      Math.toIntExact(values.get(MAX_IDLE_PER_HOST)),
                      values.get(POOL_IDLE_TIMEOUT),
                      values.get(REUSE),
                      values.get(PREPARE),
                      values.get(RESUME_SESSIONS))));

  private ConnectionsSchema() {}
}
