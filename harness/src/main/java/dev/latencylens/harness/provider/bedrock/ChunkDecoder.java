package dev.latencylens.harness.provider.bedrock;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.latencylens.harness.framing.Frame;
import dev.latencylens.harness.provider.EventDecoder;
import dev.latencylens.harness.provider.JsonEvents;
import dev.latencylens.harness.stream.BrokenStreamException;
import dev.latencylens.harness.stream.EventSink;
import java.util.Arrays;

/**
 * Unwraps the model's own events from the {@code chunk}s of InvokeModelWithResponseStream, {@code
 * {"bytes": base64}}, by AWS's API reference
 * (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_PayloadPart.html, November
 * 2026). To the last one the service adds {@code amazon-bedrock-invocationMetrics}, whose {@code
 * invocationLatency} is its processing time in milliseconds.
 */
final class ChunkDecoder implements EventDecoder {
  private static final String METRICS = "amazon-bedrock-invocationMetrics";
  private static final byte[] METRICS_BYTES = ('"' + METRICS + '"').getBytes(US_ASCII);

  private final EventDecoder events;
  private final JsonEvents envelope = new JsonEvents();
  private final JsonEvents json = new JsonEvents();
  private final ServerTime serverTime = new ServerTime();

  /**
   * Makes the decoder of one stream.
   *
   * @param events decodes the model's events
   */
  ChunkDecoder(final EventDecoder events) {
    this.events = events;
  }

  @Override
  public void decode(final Frame frame, final EventSink sink) throws BrokenStreamException {
    if (frame.exception()) {
      sink.error(BedrockRuntime.errorName(frame.name()));
      return;
    }
    if (!frame.name().equals("chunk")
        || !envelope.begin(frame.bytes(), frame.offset(), frame.length())) {
      return;
    }
    byte[] event = new byte[0];
    while (envelope.nextField()) {
      if (envelope.name().equals("bytes")) {
        event = envelope.base64();
      } else {
        envelope.skip();
      }
    }
    envelope.end();
    events.decode(frame.unwrapped(event), sink);
    if (mentionsMetrics(event)) {
      metrics(event, sink);
    }
  }

  @Override
  public void end(final EventSink sink) {
    events.end(sink);
  }

  private static boolean mentionsMetrics(final byte[] event) {
    final int last = event.length - METRICS_BYTES.length;
    for (int i = 0; i <= last; i++) {
      if (event[i] == '"'
          && Arrays.equals(
              event, i, i + METRICS_BYTES.length, METRICS_BYTES, 0, METRICS_BYTES.length)) {
        return true;
      }
    }
    return false;
  }

  private void metrics(final byte[] event, final EventSink sink) throws BrokenStreamException {
    if (!json.begin(event, 0, event.length)) {
      return;
    }
    while (json.nextField()) {
      if (json.name().equals(METRICS) && json.enterObject()) {
        while (json.nextField()) {
          if (json.name().equals("invocationLatency")) {
            serverTime.report(json.count(), sink);
          } else {
            json.skip();
          }
        }
      } else {
        json.skip();
      }
    }
    json.end();
  }
}
