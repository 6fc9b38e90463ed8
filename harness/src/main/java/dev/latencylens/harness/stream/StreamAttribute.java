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
  SERVICE_TIER,
  /** The region or location that answered, or was asked. */
  REGION,
  /** Nanoseconds that the service says it spent on the request in all. */
  SERVER_NANOS,
  /** Nanoseconds that the server says it spent on loading the model. */
  SERVER_LOAD_NANOS,
  /** Nanoseconds that the server says it spent on reading the prompt. */
  SERVER_PROMPT_NANOS,
  /** Nanoseconds that the server says it spent on generating the answer. */
  SERVER_OUTPUT_NANOS,
  /** Input tokens that are billed, where the service tells them apart from those it counted. */
  BILLED_INPUT_TOKENS,
  /** Output tokens that are billed, where the service tells them apart from those it counted. */
  BILLED_OUTPUT_TOKENS
}
