package dev.latencylens.benchmarks.streaming;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.latencylens.harness.config.Connections;
import dev.latencylens.harness.config.Deadlines;
import dev.latencylens.harness.config.HeaderValue;
import dev.latencylens.harness.config.Http2;
import dev.latencylens.harness.config.KeyReference;
import dev.latencylens.harness.config.Limits;
import dev.latencylens.harness.config.Load;
import dev.latencylens.harness.config.Target;
import dev.latencylens.harness.config.Workload;
import dev.latencylens.harness.secret.KeyLocation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * All that a fork must know to run one round of one cell, handed over as a file whose path stands
 * in a system property. It holds no secret: keys are handed over through a socket.
 *
 * @param runDirectory where streams and histograms are written
 * @param round number of the round, from 1
 * @param cell the cell's id, such as {@code c001}
 * @param target what is measured, its endpoint resolved
 * @param workload what is asked
 * @param load how many streams, and how many in flight
 * @param deadlines how long a stream may take
 * @param limits how often requests may be released
 * @param http2 how HTTP/2 is used
 * @param connections how connections are kept and used again
 * @param maxStreamBytes the largest body to accept
 * @param maxEventBytes the largest single event to accept
 * @param simulator where warm-up streams go, and the canary's
 * @param simulated whether the target itself is this simulator, so that each stream's true send
 *     times are known
 * @param handover where keys are got; empty if the target is the simulator
 * @param textKey where the key of stored texts is; none if no text is stored
 * @param userId whose requests these are, where configured
 */
public record RoundPlan(
    Path runDirectory,
    int round,
    String cell,
    Target target,
    Workload workload,
    Load load,
    Deadlines deadlines,
    Limits limits,
    Http2 http2,
    Connections connections,
    long maxStreamBytes,
    long maxEventBytes,
    SimulatorAddress simulator,
    boolean simulated,
    Optional<Handover> handover,
    List<KeyLocation> textKey,
    Optional<String> userId) {

  /** The system property that names the file. */
  public static final String PROPERTY = "latencylens.round";

  private static final ObjectMapper JSON =
      KeyChannel.JSON
          .copy()
          .registerModule(new JavaTimeModule())
          .addMixIn(KeyReference.class, KindOfKey.class)
          .addMixIn(HeaderValue.class, KindOfHeader.class);

  /**
   * Where keys are got.
   *
   * @param socket where the runner listens
   * @param dotEnv the {@code .env} that is looked at for keys that the configuration does not name
   */
  public record Handover(Path socket, Optional<Path> dotEnv) {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = KeyReference.ProviderDefault.class, name = "default"),
    @JsonSubTypes.Type(value = KeyReference.Places.class, name = "places"),
    @JsonSubTypes.Type(value = KeyReference.None.class, name = "none")
  })
  private interface KindOfKey {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = HeaderValue.Literal.class, name = "literal"),
    @JsonSubTypes.Type(value = HeaderValue.Secret.class, name = "secret")
  })
  private interface KindOfHeader {}

  /**
   * Writes the plan for a fork to read.
   *
   * @param file where to
   * @throws IOException if it can't be written
   */
  public void write(final Path file) throws IOException {
    JSON.writeValue(file.toFile(), this);
  }

  /**
   * Reads a plan.
   *
   * @param file what {@link #write} wrote
   * @return the plan
   * @throws IOException if it can't be read
   */
  public static RoundPlan read(final Path file) throws IOException {
    return JSON.readValue(file.toFile(), RoundPlan.class);
  }

  /**
   * The plan that this process was started with.
   *
   * @return empty where JMH was started by hand
   * @throws IOException if the file can't be read
   */
  public static Optional<RoundPlan> ofThisProcess() throws IOException {
    final String file = System.getProperty(PROPERTY);
    return file == null ? Optional.empty() : Optional.of(read(Path.of(file)));
  }
}
