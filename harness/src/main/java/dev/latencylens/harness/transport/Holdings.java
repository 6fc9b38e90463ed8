package dev.latencylens.harness.transport;

/**
 * What a transport holds at one moment. When no stream is in flight, all but the idle connections
 * are 0 as soon as the I/O threads have tidied up: what is not is left over.
 *
 * @param streams streams in flight
 * @param leasedConnections connections that carry a stream, or are being opened for one
 * @param idleConnections open connections without a stream
 * @param waiting streams that wait for the pool to give them a connection
 * @param segments buffers of 16 KiB that hold bytes of a body
 */
public record Holdings(
    int streams, int leasedConnections, int idleConnections, int waiting, int segments) {

  /**
   * Whether nothing is held for a stream.
   *
   * @return true if all but the idle connections are 0
   */
  public boolean areIdle() {
    return streams == 0 && leasedConnections == 0 && waiting == 0 && segments == 0;
  }
}
