package dev.latencylens.harness.transport;

import dev.latencylens.harness.stream.BrokenStreamException;
import dev.latencylens.harness.stream.Outcome;
import dev.latencylens.harness.timeline.DecodedStream;
import java.util.Optional;

/**
 * How a stream ended: what the exchange came to and what the decoded body says, taken together.
 *
 * @param outcome the outcome of both
 * @param detail what to tell a person
 */
record StreamEnd(Outcome outcome, Optional<String> detail) {

  /**
   * Lets the body speak where the exchange leaves the question open.
   *
   * @param reached what the exchange came to
   * @param detail what to tell of that
   * @param decoded what the body said
   * @param origin scheme, host and port, for the sentence
   */
  static StreamEnd of(
      final Outcome reached,
      final Optional<String> detail,
      final DecodedStream decoded,
      final String origin) {
    final boolean bodyDecides =
        reached == Outcome.COMPLETE
            || reached == Outcome.MALFORMED
            || reached == Outcome.CONNECTION_LOST;
    if (bodyDecides && decoded.errorType().isPresent()) {
      return new StreamEnd(
          Outcome.PROVIDER_ERROR,
          Optional.of(origin + " reported an error in the stream: " + decoded.errorType().get()));
    }
    if (bodyDecides && decoded.broken().isPresent()) {
      final BrokenStreamException broken = decoded.broken().get();
      return new StreamEnd(broken.outcome(), Optional.ofNullable(broken.getMessage()));
    }
    if (reached == Outcome.COMPLETE && !decoded.saidItsEnd()) {
      return new StreamEnd(
          Outcome.TRUNCATED,
          Optional.of(origin + " ended the stream without a terminator or a finish reason"));
    }
    return new StreamEnd(reached, detail);
  }
}
