package dev.latencylens.benchmarks.streaming;

import dev.latencylens.benchmarks.redaction.Redaction;
import dev.latencylens.harness.address.IpLiteral;
import dev.latencylens.harness.config.Load;
import dev.latencylens.harness.limit.RateLimiter;
import dev.latencylens.harness.limit.Spending;
import dev.latencylens.harness.limit.TargetLimiter;
import dev.latencylens.harness.load.LoadAccount;
import dev.latencylens.harness.load.Starter;
import dev.latencylens.harness.stream.Outcome;
import dev.latencylens.harness.stream.StreamRecord;
import dev.latencylens.harness.stream.StreamRequest;
import dev.latencylens.harness.workload.RequestSequence;
import dev.latencylens.results.run.LoadReading;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one fork needs to run a round: the client, the target, and how many streams are left.
 * Thread-safe.
 */
final class StreamSession implements AutoCloseable {
  private static final int RUNNER_GONE = 1;

  /** How long an interrupted process takes for its records. */
  private static final long LAST_WORDS_SECONDS = 20;

  private static final int STARTERS = 8;

  private final RoundPlan plan;
  private final RequestSequence requests;
  private final RoundClient client;
  private final WarmUp warmUp;
  private final TargetLimiter limiter;
  private final RateLimiter unlimited = RateLimiter.unlimited(System::nanoTime);
  private final ScheduledThreadPoolExecutor limiterTimer;
  private final Spending spending;
  private final StopRule stopRule;
  private final StreamAsker asker;
  private final LoadWindow window;
  private final Executor starters;
  private final AtomicLong started = new AtomicLong();
  private final boolean counted;
  private final Optional<StreamAudit> audit;
  private volatile long plannedByLoad;
  private volatile boolean warming;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean measuring;
  private @Nullable Canary canary;

  private StreamSession(
      final RoundPlan plan,
      final boolean counted,
      final RoundClient client,
      final LoadWindow window,
      final RequestSequence requests,
      final WarmUp warmUp,
      final Optional<StreamAudit> audit) {
    this.audit = audit;
    this.window = window;
    this.plan = plan;
    this.requests = requests;
    this.counted = counted;
    this.client = client;
    this.warmUp = warmUp;
    limiterTimer =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              final Thread thread = new Thread(task, "latency-lens-limiter");
              thread.setDaemon(true);
              return thread;
            });
    limiter =
        TargetLimiter.of(
            plan.limits(),
            plan.carried().levels(),
            System::nanoTime,
            Clock.systemUTC(),
            limiterTimer);
    spending = new Spending(plan.carried().budget());
    stopRule = new StopRule(plan.errorStop(), plan.carried());
    asker =
        new StreamAsker(
            client.harness(),
            client.target(),
            limiter,
            spending,
            stopRule,
            plan.retries(),
            this::record,
            plan.price());
    // A name has to be resolved now and then, which must not make the starts behind it late.
    starters =
        IpLiteral.parse(client.target().baseUrl().getHost()).isPresent()
            ? Runnable::run
            : Executors.newFixedThreadPool(STARTERS, StreamSession::daemon);
  }

  private static Thread daemon(final Runnable task) {
    final Thread thread = new Thread(task, "latency-lens-load-starter");
    thread.setDaemon(true);
    return thread;
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
    final RoundClient client = RoundClient.open(plan, users);
    final LoadWindow window = LoadWindow.of(plan.load(), plan.seed(), plan.block());
    final RequestSequence requests =
        window.requests(
            RequestSequence.of(plan.target(), plan.workload(), plan.seed(), plan.block()));
    final StreamSession session =
        new StreamSession(
            plan,
            planned.isPresent(),
            client,
            window,
            requests,
            new WarmUp(client, requests, LedgerClient.of(plan.simulator())),
            planned.isPresent()
                ? Optional.of(StreamAudit.join(plan, client.target().credentials()))
                : Optional.empty());
    if (planned.isPresent()) {
      Runtime.getRuntime()
          .addShutdownHook(new Thread(session::interrupted, "latency-lens-interrupted"));
    }
    return session;
  }

  /**
   * This process is told to end: streams under way are cancelled on the wire, and the benchmark
   * comes to its own end, which writes down what became of each.
   */
  private void interrupted() {
    if (!measuring) {
      return;
    }
    stopRule.stop(client.target().provider(), plan.target().model(), "interrupted");
    client.harness().close();
    try {
      final boolean unused = closed.await(LAST_WORDS_SECONDS, TimeUnit.SECONDS);
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
    }
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

  void begin(final boolean asWarmUp) throws IOException, InterruptedException {
    warming = asWarmUp;
    if (asWarmUp) {
      warmUp.begin(plan.load() instanceof Load.Open);
      return;
    }
    // What the warm-up left would else be collected within the window, in a pause of some 10 ms.
    System.gc();
    if (plan.connections().prepare() && plan.connections().reuse()) {
      client.harness().openConnections(client.target(), window.connections()).join();
    }
    if (!plan.simulated() && plan.canaryStreams() > 0 && canary == null) {
      canary = Canary.start(client.harness(), client.simulator(), unlimited, plan.canaryStreams());
    }
    final Optional<StreamRecording> recording = StreamRecording.current();
    if (recording.isPresent()) {
      recording.get().windowBegins();
    }
    measuring = true;
  }

  /**
   * Runs one stream to its end and has it recorded; a warm-up stream is forgotten. JMH's batches
   * are larger than need be: once the warm-up's time is over, or all streams of the round were
   * started, the rest of a batch does nothing.
   */
  Outcome runOne() {
    if (warming) {
      return warmUp.isOver() ? Outcome.REFUSED_BY_LIMIT : warmUp.stream().join().outcome();
    }
    final long number = started.getAndIncrement();
    if (counted && (number >= planned() || stopRule.isStopped())) {
      started.decrementAndGet();
      return Outcome.REFUSED_BY_LIMIT;
    }
    // Before the stream's time begins: what is renewed here delays the load, and no reading.
    client.target().credentials().refresh();
    return asker.ask(request(number), System.nanoTime(), false).join().outcome();
  }

  /**
   * Runs a window of the load to the end of its last stream. A warm-up keeps as many streams of the
   * simulator in flight as the load will, within bounds.
   *
   * @return how many streams were started
   */
  long runWindow() {
    if (warming) {
      return warmUp.streams(plan.load().mostInFlight());
    }
    final CredentialRenewal renewal = CredentialRenewal.of(client.target().credentials());
    try {
      final LoadAccount account =
          window.run(
              arrival ->
                  CompletableFuture.completedFuture(arrival)
                      .thenComposeAsync(this::start, starters),
              running -> stopRule.whenStopped(running::cancel));
      started.set(account.started());
      final Optional<LoadReading> reading = window.reading(account);
      reading.ifPresent(
          read -> StreamRecording.current().ifPresent(recording -> recording.load(read)));
      plannedByLoad = account.planned();
      return account.started();
    } finally {
      renewal.close();
    }
  }

  private CompletableFuture<StreamRecord> start(final Starter.Arrival arrival) {
    return asker.ask(request(arrival.index()), arrival.intendedNanos(), arrival.waitedForPlace());
  }

  private void record(final StreamRequest request, final StreamRecord record, final int attempt) {
    final Optional<StreamRecording> recording = StreamRecording.current();
    final Consumer<StreamRecord> then = ended -> audit.ifPresent(log -> log.ended(ended));
    if (recording.isPresent()) {
      recording.get().add(request, record, attempt, then);
    } else {
      then.accept(record);
    }
  }

  private long planned() {
    return plan.load() instanceof Load.Closed closed ? closed.streams() : plannedByLoad;
  }

  /** A measurement is over: says what was asked for, to be held against what was recorded. */
  void end() {
    if (!warming) {
      final long asked = started.get();
      final long planned = counted ? Math.max(planned(), asked) : asked;
      StreamRecording.current()
          .ifPresent(
              recording -> {
                recording.account(planned, asker.retried(), planned - asked);
                recording.warmUp(warmUp.figures());
              });
    }
  }

  private StreamRequest request(final long number) {
    return requests.request("r" + plan.round() + "-" + (number + 1), number + 1);
  }

  @Override
  public void close() throws IOException {
    if (canary != null) {
      canary.close();
    }
    client.close();
    final Optional<StreamRecording> recording = StreamRecording.current();
    if (recording.isPresent()) {
      recording.get().settle();
    }
    final Optional<Path> planFile = RoundPlan.fileOfThisProcess();
    if (planFile.isPresent()) {
      new RoundEnd(limiter.levels(), spending.spent(), stopRule.reason())
          .write(RoundPlan.endOf(planFile.get()));
    }
    limiterTimer.shutdownNow();
    if (audit.isPresent()) {
      audit.get().close();
    }
    measuring = false;
    closed.countDown();
  }
}
