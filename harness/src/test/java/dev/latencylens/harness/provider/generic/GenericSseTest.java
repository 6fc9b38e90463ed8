package dev.latencylens.harness.provider.generic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.harness.stream.BrokenStreamException;
import dev.latencylens.harness.stream.StreamEvent.Terminated;
import org.junit.jupiter.api.Test;

final class GenericSseTest extends GenericContract {
  GenericSseTest() {
    super("sse", "/events");
  }

  @Test
  void thePayloadThatEndsAStreamIsFound() throws BrokenStreamException {
    for (final String name : new String[] {"answer", "reasoning", "tool-call", "deviating"}) {
      assertThat(recorded.events(name)).as(name).endsWith(new Terminated());
    }
  }
}
