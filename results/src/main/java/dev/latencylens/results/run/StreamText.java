package dev.latencylens.results.run;

import java.util.Locale;

/** What is said of a stream in words; all free of secrets and of a server's free text. */
public enum StreamText {
  /** {@code HTTP/1.1} or {@code HTTP/2.0}. */
  HTTP_VERSION,
  /** {@code cold} if the stream opened its connection, else {@code warm}. */
  CONNECTION,
  /** The id in the response's body: the simulator's ledger knows the stream by it. */
  RESPONSE_ID,
  /** The id that the service's headers gave the request. */
  REQUEST_ID,
  /** The model that the server says answered. */
  SERVER_MODEL,
  /** The service's fingerprint of the system that answered. */
  SYSTEM_FINGERPRINT,
  /** The service tier that was granted. */
  SERVICE_TIER,
  /** The region that answered, or was asked. */
  REGION,
  /** What held the request back before its release: a limit, or the load's ceiling. */
  HELD_BY,
  /** Why generation ended, in the provider's word. */
  FINISH_REASON,
  /** SHA-256 of the answer text: whoever has the text can recognise it. */
  ANSWER_SHA256,
  /** What to tell a person about a stream that is not complete. */
  ERROR;

  private final String field = name().toLowerCase(Locale.ROOT);

  /**
   * The name of the JSON field.
   *
   * @return such as {@code http_version}
   */
  public String field() {
    return field;
  }
}
