package dev.latencylens.harness.provider;

import java.net.URI;
import java.util.List;

/**
 * An encoded request, without credentials.
 *
 * @param uri where it goes
 * @param headers what the provider needs beside the credentials, in order
 * @param body JSON in UTF-8; not to be written to
 */
// The array is never compared, and copying it for each request would be waste.
@SuppressWarnings("ArrayRecordComponent")
public record WireRequest(URI uri, List<Header> headers, byte[] body) {
  /** Copies the headers. */
  public WireRequest {
    headers = List.copyOf(headers);
  }

  /**
   * An HTTP header without secrets.
   *
   * @param name the header's name
   * @param value its value
   */
  public record Header(String name, String value) {}

  /** Names the target only: a body may hold a private prompt. */
  @Override
  public String toString() {
    return "WireRequest[uri=" + uri + ", body=" + body.length + " bytes]";
  }
}
