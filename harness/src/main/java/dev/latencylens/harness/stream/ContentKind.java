package dev.latencylens.harness.stream;

/** What kind of generated content an event carries. Each kind counts for {@code ttft}. */
public enum ContentKind {
  /** Text of the answer, a refusal's text included: what sets {@code ttfat}. */
  TEXT,
  /** Reasoning that the service shows before or between the answer. */
  REASONING,
  /** Arguments of a tool call. */
  TOOL_ARGUMENTS
}
