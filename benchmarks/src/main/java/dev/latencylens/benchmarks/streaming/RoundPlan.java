package dev.latencylens.benchmarks.streaming;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.latencylens.harness.config.Arrivals;
import dev.latencylens.harness.config.Connections;
import dev.latencylens.harness.config.Deadlines;
import dev.latencylens.harness.config.ErrorStop;
import dev.latencylens.harness.config.HeaderValue;
import dev.latencylens.harness.config.Http2;
import dev.latencylens.harness.config.KeyReference;
import dev.latencylens.harness.config.LimitSettings;
import dev.latencylens.harness.config.Load;
import dev.latencylens.harness.config.ModelPrice;
import dev.latencylens.harness.config.Prompts;
import dev.latencylens.harness.config.Target;
import dev.latencylens.harness.config.Workload;
import dev.latencylens.harness.provider.ChatDialect;
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
 * @param seed what is random in the run is drawn from
 * @param block the block that the round belongs to, from 1
 * @param cell the cell's id, such as {@code c001}
 * @param target what is measured, its endpoint resolved
 * @param workload what is asked
 * @param load how many streams, and when each starts
 * @param deadlines how long a stream may take
 * @param limits what requests have to pass, the target's own limits first
 * @param carried what earlier rounds leave to this one
 * @param errorStop when the target has failed too often to go on
 * @param retries how often a stream is asked for again
 * @param http2 how HTTP/2 is used
 * @param connections how connections are kept and used again
 * @param maxStreamBytes the largest body to accept
 * @param maxEventBytes the largest single event to accept
 * @param simulator where warm-up streams go, and the canary's
 * @param simulated whether the target itself is this simulator, so that each stream's true send
 *     times are known
 * @param canaryStreams how many streams of the canary run at a time; 0 for none
 * @param handover where keys are got; empty if the target is the simulator
 * @param textKey where the key of stored texts is; none if no text is stored
 * @param userId whose requests these are, where configured
 * @param price what the model costs, where that is known
 * @param dialects those that the configuration brings along, one of which the target may speak
 */
public record RoundPlan(
    Path runDirectory,
    int round,
    long seed,
    int block,
    String cell,
    Target target,
    Workload workload,
    Load load,
    Deadlines deadlines,
    List<LimitSettings.Named> limits,
    Carried carried,
    ErrorStop errorStop,
    int retries,
    Http2 http2,
    Connections connections,
    long maxStreamBytes,
    long maxEventBytes,
    SimulatorAddress simulator,
    boolean simulated,
    int canaryStreams,
    Optional<Handover> handover,
    List<KeyLocation> textKey,
    Optional<String> userId,
    Optional<ModelPrice> price,
    List<ChatDialect> dialects) {

  /** The system property that names the file. */
  public static final String PROPERTY = "latencylens.round";

  static final ObjectMapper JSON =
      KeyChannel.JSON
          .copy()
          .registerModule(new JavaTimeModule())
          .addMixIn(Load.class, KindOfLoad.class)
          .addMixIn(Arrivals.class, KindOfArrivals.class)
          .addMixIn(KeyReference.class, KindOfKey.class)
          .addMixIn(HeaderValue.class, KindOfHeader.class)
          .addMixIn(Prompts.class, KindOfPrompts.class);

  /** Copies the lists. */
  public RoundPlan {
    limits = List.copyOf(limits);
    textKey = List.copyOf(textKey);
    dialects = List.copyOf(dialects);
  }

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

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Load.Closed.class, name = "closed"),
    @JsonSubTypes.Type(value = Load.Open.class, name = "open")
  })
  private interface KindOfLoad {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Prompts.Text.class, name = "text"),
    @JsonSubTypes.Type(value = Prompts.TextFile.class, name = "text_file"),
    @JsonSubTypes.Type(value = Prompts.Lines.class, name = "lines"),
    @JsonSubTypes.Type(value = Prompts.Conversation.class, name = "conversation"),
    @JsonSubTypes.Type(value = Prompts.Generated.class, name = "generated")
  })
  private interface KindOfPrompts {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Arrivals.Constant.class, name = "constant"),
    @JsonSubTypes.Type(value = Arrivals.Poisson.class, name = "poisson"),
    @JsonSubTypes.Type(value = Arrivals.Gamma.class, name = "gamma"),
    @JsonSubTypes.Type(value = Arrivals.Ramp.class, name = "ramp"),
    @JsonSubTypes.Type(value = Arrivals.Steps.class, name = "steps"),
    @JsonSubTypes.Type(value = Arrivals.Trace.class, name = "trace")
  })
  private interface KindOfArrivals {}

  /**
   * Where the round's process leaves what the next one goes on with.
   *
   * @param plan the plan's own file
   * @return the file
   */
  public static Path endOf(final Path plan) {
    return plan.resolveSibling(plan.getFileName() + ".end");
  }

  /**
   * The file that this process's plan was read from.
   *
   * @return empty where JMH was started by hand
   */
  static Optional<Path> fileOfThisProcess() {
    return Optional.ofNullable(System.getProperty(PROPERTY)).map(Path::of);
  }

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
    final Optional<Path> file = fileOfThisProcess();
    return file.isEmpty() ? Optional.empty() : Optional.of(read(file.get()));
  }
}
