package dev.latencylens.harness.config;

import java.util.Locale;

/** Whether HTTP/2 is spoken, and whether streams share its connections. */
public enum Http2 {
  /** ALPN decides the version; each stream has a connection to itself. The default. */
  EXCLUSIVE,
  /** ALPN decides the version; streams share HTTP/2 connections, and so wait for each other. */
  MULTIPLEXED,
  /** HTTP/1.1 only. */
  OFF;

  /**
   * The name that stands in configurations and tables.
   *
   * @return the name in lower case
   */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
