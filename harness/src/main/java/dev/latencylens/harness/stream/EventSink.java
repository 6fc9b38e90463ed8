package dev.latencylens.harness.stream;

/**
 * Takes the events of one stream as they are decoded. The calls carry primitives, so that a decoder
 * can feed 1,000 streams without allocating for each token; {@link EventCollector} turns them into
 * {@link StreamEvent}s where objects are wanted. Not thread-safe: one thread at a time.
 */
public interface EventSink {
  /**
   * Generated content. Empty pieces are never reported.
   *
   * @param kind what was generated
   * @param buffer characters, valid during the call only
   * @param offset first character
   * @param length count of UTF-16 units, at least 1
   */
  void content(ContentKind kind, char[] buffer, int offset, int length);

  /**
   * Token counts; a later call replaces an earlier one.
   *
   * @param usage all that is known by now
   */
  void usage(Usage usage);

  /**
   * Why generation ended, in the provider's own word.
   *
   * @param reason such as {@code stop}
   */
  void finish(String reason);

  /** The provider's own end mark, such as {@code [DONE]}. */
  void terminated();

  /**
   * The provider reported an error inside the stream.
   *
   * @param type the provider's error type, never its free text
   */
  void error(String type);

  /**
   * Something that the stream says of itself; reported once for each attribute.
   *
   * @param attribute what it says
   * @param value the value
   */
  void attribute(StreamAttribute attribute, String value);
}
