package dev.latencylens.benchmarks.streaming;

import dev.latencylens.benchmarks.redaction.Redaction;
import dev.latencylens.harness.StreamingHarness;
import dev.latencylens.harness.TargetEndpoint;
import dev.latencylens.harness.config.ModelSettings;
import dev.latencylens.harness.config.Target;
import dev.latencylens.harness.limit.RateLimiter;
import dev.latencylens.harness.provider.Providers;
import dev.latencylens.harness.secret.KeySupply;
import dev.latencylens.harness.secret.MadeUpKeys;
import dev.latencylens.harness.secret.MissingKeyException;
import dev.latencylens.harness.stream.Outcome;
import dev.latencylens.harness.stream.StreamRecord;
import dev.latencylens.harness.stream.StreamRequest;
import dev.latencylens.harness.transport.Endpoint;
import dev.latencylens.harness.transport.TransportSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What one fork needs to run a round: the client, the target, and how many streams are left.
 * Thread-safe.
 */
final class StreamSession implements AutoCloseable {
  private static final Target ANY_DIALECT = Target.of("openai", SimulatedModels.WARM_UP);

  private static final int RUNNER_GONE = 1;
  private static final String WARM_UP_PROMPT = "Warm the client up.";
  private static final int WARM_UP_TOKENS = 64;

  /** Long enough for the JIT compiler to have seen the path many thousand times. */
  private static final long WARM_UP_NANOS = TimeUnit.MILLISECONDS.toNanos(2_000);

  private final RoundPlan plan;
  private final StreamingHarness harness;
  private final Endpoint target;
  private final Endpoint simulator;
  private final RateLimiter limiter;
  private final RateLimiter unlimited = RateLimiter.unlimited(System::nanoTime);
  private final ScheduledThreadPoolExecutor limiterTimer;
  private final AtomicLong started = new AtomicLong();
  private final AtomicLong warmed = new AtomicLong();
  private final boolean counted;
  private final Optional<StreamAudit> audit;
  private volatile boolean warming;
  private volatile long warmingSince;
  private @Nullable Canary canary;

  private StreamSession(
      final RoundPlan plan,
      final boolean counted,
      final StreamingHarness harness,
      final Endpoint target,
      final Endpoint simulator,
      final Optional<StreamAudit> audit) {
    this.audit = audit;
    this.plan = plan;
    this.counted = counted;
    this.harness = harness;
    this.target = target;
    this.simulator = simulator;
    limiterTimer =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              final Thread thread = new Thread(task, "latency-lens-limiter");
              thread.setDaemon(true);
              return thread;
            });
    limiter = RateLimiter.of(plan.limits(), System::nanoTime, limiterTimer);
  }

  /**
   * Opens the session of this process: of its plan, or, where JMH was started by hand, of a
   * simulator that this process starts.
   */
  static StreamSession open(final String provider, final String model, final int users)
      throws IOException {
    final Optional<RoundPlan> planned = RoundPlan.ofThisProcess();
    Redaction.guardLogs();
    if (planned.isPresent()) {
      endWithRunner();
    }
    final RoundPlan plan =
        planned.isPresent() ? planned.get() : OwnSimulator.planFor(provider, model);
    final Endpoint target = endpoint(plan.target(), plan.handover());
    // What the simulator does not speak is warmed up with another dialect.
    final Endpoint simulator =
        endpoint(
            SimulatorPaths.rehearsal(plan.target(), plan.simulator())
                .filter(same -> SimulatorPaths.asksFor(same, SimulatedModels.WARM_UP))
                .or(() -> SimulatorPaths.rehearsal(ANY_DIALECT, plan.simulator()))
                .orElseThrow(),
            Optional.empty());
    // A pool smaller than the streams in flight would be a queue that nobody measures. One more:
    // the
    // canary's.
    final TransportSettings settings =
        new TransportSettings(
            plan.deadlines(),
            plan.http2(),
            plan.connections().withRoomFor(Math.max(users, plan.load().concurrency()) + 1),
            plan.maxStreamBytes(),
            plan.maxEventBytes(),
            !plan.textKey().isEmpty());
    return new StreamSession(
        plan,
        planned.isPresent(),
        StreamingHarness.open(settings, List.of(target, simulator)),
        target,
        simulator,
        planned.isPresent()
            ? Optional.of(StreamAudit.join(plan, target.credentials()))
            : Optional.empty());
  }

  /** A runner that was killed can't stop its fork: the fork must not go on spending. */
  private static void endWithRunner() {
    ProcessHandle.current()
        .parent()
        .ifPresent(
            runner -> {
              final var unused =
                  runner.onExit().thenRun(() -> Runtime.getRuntime().halt(RUNNER_GONE));
            });
  }

  private static Endpoint endpoint(final Target target, final Optional<RoundPlan.Handover> handover)
      throws IOException {
    try {
      return TargetEndpoint.open(
          target,
          Providers.load(),
          handover.<KeySupply>map(HandedKeys::from).orElseGet(MadeUpKeys::new));
    } catch (final MissingKeyException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  void begin(final boolean warmUp) {
    warming = warmUp;
    warmingSince = System.nanoTime();
    if (!warmUp && !plan.simulated() && canary == null) {
      canary = Canary.start(harness, simulator, unlimited);
    }
  }

  /**
   * Runs one stream to its end and records it; a warm-up stream is forgotten. JMH's batches are
   * larger than need be: once the warm-up's time is over, or all streams of the round were started,
   * the rest of a batch does nothing.
   */
  Outcome runOne() {
    if (warming) {
      if (System.nanoTime() - warmingSince > WARM_UP_NANOS) {
        return Outcome.REFUSED_BY_LIMIT;
      }
      return harness.stream(simulator, unlimited, warmUpRequest(), System.nanoTime())
          .join()
          .outcome();
    }
    final long number = started.incrementAndGet();
    if (counted && number > plan.load().streams()) {
      return Outcome.REFUSED_BY_LIMIT;
    }
    // Before the stream's time begins: what is renewed here delays the load, and no reading.
    target.credentials().refresh();
    final StreamRecord record =
        harness.stream(target, limiter, request(number), System.nanoTime()).join();
    StreamRecording.current().ifPresent(recording -> recording.add(record));
    audit.ifPresent(log -> log.ended(record));
    return record.outcome();
  }

  private StreamRequest request(final long number) {
    final List<StreamRequest.Message> messages = new ArrayList<>();
    messages.add(new StreamRequest.Message(StreamRequest.Role.USER, plan.workload().prompt()));
    final ModelSettings settings = plan.workload().settings();
    return new StreamRequest(
        "r" + plan.round() + "-" + number,
        plan.target().model(),
        plan.workload().system(),
        messages,
        OptionalInt.of(plan.workload().maxOutputTokens()),
        settings.temperature(),
        settings.seed(),
        settings.stop(),
        settings.reasoningEffort(),
        settings.thinkingBudget(),
        settings.tools(),
        plan.target().extraBody());
  }

  private StreamRequest warmUpRequest() {
    return StreamRequest.of(
        "w" + warmed.incrementAndGet(), SimulatedModels.WARM_UP, WARM_UP_PROMPT, WARM_UP_TOKENS);
  }

  @Override
  public void close() throws IOException {
    if (canary != null) {
      canary.close();
    }
    harness.close();
    limiterTimer.shutdownNow();
    target.credentials().close();
    simulator.credentials().close();
    if (audit.isPresent()) {
      audit.get().close();
    }
  }
}
