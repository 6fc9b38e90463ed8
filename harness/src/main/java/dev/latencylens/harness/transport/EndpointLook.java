package dev.latencylens.harness.transport;

import dev.latencylens.harness.stream.ConnectionPhases;
import dev.latencylens.harness.stream.Outcome;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a look at an endpoint found, before any key or prompt is sent there.
 *
 * @param outcome {@link Outcome#COMPLETE} if it answered, with whatever status; else what went
 *     wrong, as a stream would have ended
 * @param detail what to tell a person about a look that is not complete; free of a server's text
 * @param connection the phases that were passed, and the HTTP version once there was an answer
 * @param status the answer's status
 * @param tlsVersion such as {@code TLSv1.3}, where there was a handshake
 * @param certificateEnd when the first of the certificates that the server sent expires
 * @param clock how the server's clock differs, where its answer says what time it is
 */
public record EndpointLook(
    Outcome outcome,
    Optional<String> detail,
    ConnectionPhases connection,
    OptionalInt status,
    Optional<String> tlsVersion,
    Optional<Instant> certificateEnd,
    Optional<ServerClock> clock) {}
