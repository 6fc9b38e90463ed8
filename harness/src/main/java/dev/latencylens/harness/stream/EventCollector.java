package dev.latencylens.harness.stream;

import java.util.ArrayList;
import java.util.List;

/** Keeps what it is told as a list of {@link StreamEvent}s. Not thread-safe. */
public final class EventCollector implements EventSink {
  private final List<StreamEvent> events = new ArrayList<>();

  /** Makes an empty collector. */
  public EventCollector() {}

  /**
   * What has been reported so far.
   *
   * @return a copy, in order
   */
  public List<StreamEvent> events() {
    return List.copyOf(events);
  }

  /**
   * All content of one kind.
   *
   * @param kind which kind
   * @return the pieces, joined
   */
  public String content(ContentKind kind) {
    final StringBuilder text = new StringBuilder();
    for (final StreamEvent event : events) {
      if (event instanceof StreamEvent.Content content && content.kind() == kind) {
        text.append(content.text());
      }
    }
    return text.toString();
  }

  @Override
  public void content(final ContentKind kind, final char[] buffer, final int offset, final int n) {
    events.add(new StreamEvent.Content(kind, new String(buffer, offset, n)));
  }

  @Override
  public void usage(final Usage usage) {
    events.add(new StreamEvent.UsageReported(usage));
  }

  @Override
  public void finish(final String reason) {
    events.add(new StreamEvent.Finished(reason));
  }

  @Override
  public void terminated() {
    events.add(new StreamEvent.Terminated());
  }

  @Override
  public void error(final String type) {
    events.add(new StreamEvent.Failed(type));
  }

  @Override
  public void attribute(final StreamAttribute attribute, final String value) {
    events.add(new StreamEvent.Attributed(attribute, value));
  }
}
