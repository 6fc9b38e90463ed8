package dev.latencylens.harness.stream;

/** What a stream says of itself, apart from its content. */
public enum StreamAttribute {
  /** The response's id, as the service gave it. */
  RESPONSE_ID,
  /** The model that the service says answered. */
  MODEL,
  /** The service's fingerprint of the system that answered. */
  SYSTEM_FINGERPRINT,
  /** The service tier that was granted. */
  SERVICE_TIER
}
