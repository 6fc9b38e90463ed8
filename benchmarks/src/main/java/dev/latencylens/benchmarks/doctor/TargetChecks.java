package dev.latencylens.benchmarks.doctor;

import dev.latencylens.harness.StreamingHarness;
import dev.latencylens.harness.TargetEndpoint;
import dev.latencylens.harness.config.Configuration;
import dev.latencylens.harness.config.Deadlines;
import dev.latencylens.harness.config.Network;
import dev.latencylens.harness.config.Target;
import dev.latencylens.harness.limit.RateLimiter;
import dev.latencylens.harness.provider.Providers;
import dev.latencylens.harness.secret.KeySupply;
import dev.latencylens.harness.secret.MadeUpKeys;
import dev.latencylens.harness.secret.MissingKeyException;
import dev.latencylens.harness.stream.ConnectionPhases;
import dev.latencylens.harness.stream.Outcome;
import dev.latencylens.harness.stream.StreamRecord;
import dev.latencylens.harness.stream.StreamRequest;
import dev.latencylens.harness.transport.Endpoint;
import dev.latencylens.harness.transport.EndpointLook;
import dev.latencylens.harness.transport.TransportSettings;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Looks at targets one after the other, through the harness that measures them. For one thread. */
final class TargetChecks {
  /** For the head of a page nobody should have to wait longer. */
  private static final Duration LONGEST_LOOK = Duration.ofSeconds(10);

  /** TCPMUX's port (RFC 1078), which no machine serves any more. */
  private static final URI NOBODY = URI.create("https://localhost:1/v1");

  /** Less is refused by some services. */
  private static final int FEW_TOKENS = 16;

  private final Configuration configuration;
  private final Providers providers;
  private final KeySupply keys;
  private final boolean send;
  private boolean warm;

  /**
   * Prepares to look.
   *
   * @param configuration how connections are made
   * @param keys where keys are found
   * @param send whether each target whose key is there is asked for one short stream
   */
  TargetChecks(
      final Configuration configuration,
      final Providers providers,
      final KeySupply keys,
      final boolean send) {
    this.configuration = configuration;
    this.providers = providers;
    this.keys = keys;
    this.send = send;
  }

  /**
   * Looks at a target.
   *
   * @throws IOException if its CA bundle or client certificate can't be read
   */
  TargetReport check(final Target target) throws IOException {
    warmUp();
    final Finding key = new KeyCheck(providers, keys).check(target);
    final EndpointLook look = lookTwice(target);
    final Optional<StreamRecord> sent =
        send && key.state() == State.PASS ? Optional.of(stream(target)) : Optional.empty();
    return new TargetReport(
        target.name(), key, look, sent, keys instanceof MadeUpKeys, Instant.now());
  }

  /**
   * Looks at a port of this machine that nobody listens on, so that the first target's name does
   * not take the time of what is loaded on the way to a resolver.
   */
  private void warmUp() throws IOException {
    if (!warm) {
      warm = true;
      final EndpointLook unused =
          look(Target.of("openai", "any").at(NOBODY, Network.trusting(Optional.empty())));
    }
  }

  /**
   * The first connection of a process takes the time of classes that are loaded on the way, and the
   * name is remembered after it: so the name's time is the first look's, the others the second's.
   */
  private EndpointLook lookTwice(final Target target) throws IOException {
    final EndpointLook first = look(target);
    if (first.outcome() != Outcome.COMPLETE) {
      return first;
    }
    final EndpointLook second = look(target);
    final ConnectionPhases phases = second.connection();
    return new EndpointLook(
        second.outcome(),
        second.detail(),
        new ConnectionPhases(
            phases.cold(),
            phases.httpVersion(),
            first.connection().dnsNanos(),
            phases.connectNanos(),
            phases.tlsNanos()),
        second.status(),
        second.tlsVersion(),
        second.certificateEnd(),
        second.clock());
  }

  /** Without its key, so that none can be sent. */
  private EndpointLook look(final Target target) throws IOException {
    final Deadlines usual = configuration.deadlines();
    final Duration patience =
        usual.firstByte().compareTo(LONGEST_LOOK) < 0 ? usual.firstByte() : LONGEST_LOOK;
    final Endpoint endpoint = open(target, new MadeUpKeys());
    try (StreamingHarness harness =
        StreamingHarness.open(
            settings(
                new Deadlines(
                    usual.connect(), patience, usual.firstToken(), usual.idle(), usual.total())),
            List.of(endpoint))) {
      return harness.look(endpoint).join();
    } finally {
      endpoint.credentials().close();
    }
  }

  private StreamRecord stream(final Target target) throws IOException {
    final Endpoint endpoint = open(target, keys);
    try (var credentials = endpoint.credentials();
        StreamingHarness harness =
            StreamingHarness.open(settings(configuration.deadlines()), List.of(endpoint))) {
      credentials.refresh();
      return harness.stream(
              endpoint,
              RateLimiter.unlimited(System::nanoTime),
              shortest(target),
              System.nanoTime())
          .join();
    }
  }

  private static StreamRequest shortest(final Target target) {
    return new StreamRequest(
        "doctor",
        target.model(),
        Optional.empty(),
        List.of(new StreamRequest.Message(StreamRequest.Role.USER, "Say hi.")),
        OptionalInt.of(FEW_TOKENS),
        OptionalDouble.empty(),
        OptionalLong.empty(),
        List.of(),
        Optional.empty(),
        OptionalInt.empty(),
        List.of(),
        target.extraBody());
  }

  private Endpoint open(final Target target, final KeySupply supply) throws IOException {
    try {
      return TargetEndpoint.open(target, providers, supply);
    } catch (final MissingKeyException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private TransportSettings settings(final Deadlines deadlines) {
    return new TransportSettings(
        deadlines,
        configuration.http2(),
        configuration.connections(),
        configuration.maxStreamBytes(),
        configuration.maxEventBytes(),
        false);
  }
}
