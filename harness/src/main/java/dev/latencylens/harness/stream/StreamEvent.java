package dev.latencylens.harness.stream;

/**
 * One decoded event of a stream, as an object. The measuring path uses {@link EventSink} instead.
 */
public sealed interface StreamEvent {
  /**
   * Generated content.
   *
   * @param kind what was generated
   * @param text never empty
   */
  record Content(ContentKind kind, String text) implements StreamEvent {}

  /**
   * Token counts.
   *
   * @param usage all that was known at this point
   */
  record UsageReported(Usage usage) implements StreamEvent {}

  /**
   * Generation ended.
   *
   * @param reason in the provider's own word
   */
  record Finished(String reason) implements StreamEvent {}

  /** The provider's own end mark. */
  record Terminated() implements StreamEvent {}

  /**
   * The provider reported an error.
   *
   * @param type the provider's error type
   */
  record Failed(String type) implements StreamEvent {}

  /**
   * Something that the stream says of itself.
   *
   * @param attribute what it says
   * @param value the value
   */
  record Attributed(StreamAttribute attribute, String value) implements StreamEvent {}
}
