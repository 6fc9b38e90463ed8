package dev.latencylens.benchmarks.streaming;

import dev.latencylens.harness.stream.Outcome;
import dev.latencylens.harness.stream.StreamRecord;
import dev.latencylens.harness.stream.StreamRequest;
import dev.latencylens.harness.timeline.StreamMetrics;
import dev.latencylens.results.run.HistogramLog;
import dev.latencylens.results.run.InstrumentReading;
import dev.latencylens.results.run.LoadReading;
import dev.latencylens.results.run.RunDirectory;
import dev.latencylens.results.run.SignedHistogram;
import dev.latencylens.results.run.StreamLine;
import dev.latencylens.results.run.StreamLogWriter;
import dev.latencylens.results.table.RoundReadings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What one measurement recorded: each stream's line as it ends, each metric's distribution, and
 * afterwards the instrument's error. It writes on a thread of its own, since those on which streams
 * end have others to serve. There is one for the process at a time, since JMH gives a profiler and
 * a benchmark no other way to meet. Thread-safe.
 */
public final class StreamRecording {
  private static final long WRITER_PATIENCE_SECONDS = 60;
  private static final double NANOS_PER_MILLI = 1e6;

  private static volatile @Nullable StreamRecording current;

  private final Optional<RoundPlan> plan;
  private final Optional<StreamLogWriter> log;
  private final Optional<StoredTexts> texts;
  private volatile Window window = Window.begin();
  private final List<Distribution> distributions =
      Arrays.stream(StreamMetric.values()).map(Distribution::of).toList();
  private final RoundReadings readings = new RoundReadings();
  private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
  private final List<StreamRecord> toCompare = new ArrayList<>();
  private final ExecutorService writer = Executors.newSingleThreadExecutor(StreamRecording::daemon);
  private final AtomicReference<@Nullable Throwable> lost = new AtomicReference<>();
  private long reads;
  private long events;
  private volatile Map<String, Double> warmUp = Map.of();
  private volatile Optional<LoadReading> load = Optional.empty();
  private volatile long planned;
  private volatile long retries;
  private volatile long notStarted;

  /** From when on the client is watched. */
  private record Window(Instant started, ClientHealth before, HiccupMeter hiccups) {
    static Window begin() {
      return new Window(Instant.now(), ClientHealth.now(), HiccupMeter.start());
    }
  }

  private StreamRecording(
      final Optional<RoundPlan> plan,
      final Optional<StreamLogWriter> log,
      final Optional<StoredTexts> texts) {
    this.plan = plan;
    this.log = log;
    this.texts = texts;
  }

  /**
   * Begins a recording; what streams report from now on goes there.
   *
   * @throws IOException if the plan can't be read or the run directory not be written
   */
  public static void begin() throws IOException {
    final Optional<RoundPlan> plan = RoundPlan.ofThisProcess();
    if (plan.isEmpty()) {
      current = new StreamRecording(plan, Optional.empty(), Optional.empty());
      return;
    }
    final RunDirectory run = RunDirectory.open(plan.get().runDirectory());
    final Optional<StoredTexts> texts = StoredTexts.open(plan.get(), run);
    current = new StreamRecording(plan, Optional.of(run.appendStreams()), texts);
  }

  /**
   * The recording under way.
   *
   * @return empty where nobody asked for one
   */
  static Optional<StreamRecording> current() {
    return Optional.ofNullable(current);
  }

  private static Thread daemon(final Runnable task) {
    final Thread thread = new Thread(task, "latency-lens-recorder");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Records an ended stream, and writes its line, soon.
   *
   * @param request what was asked
   * @param record the stream
   * @param attempt which attempt it was, from 1
   * @param then takes the record afterwards, on the same thread
   */
  void add(
      final StreamRequest request,
      final StreamRecord record,
      final int attempt,
      final Consumer<StreamRecord> then) {
    writer.execute(
        () -> {
          try {
            write(request, record, attempt);
            then.accept(record);
          } catch (final RuntimeException | Error e) {
            lost.compareAndSet(null, e);
          }
        });
  }

  /** What the asking side counted, to be held against what was recorded. */
  void account(final long plannedStreams, final long retried, final long neverStarted) {
    planned = plannedStreams;
    retries = retried;
    notStarted = neverStarted;
  }

  /**
   * All is ready for the first stream: what the client went through before is of no interest.
   *
   * @throws InterruptedException if the thread is interrupted
   */
  void windowBegins() throws InterruptedException {
    window.hiccups().stop();
    window = Window.begin();
  }

  /** How the client was warmed up before, figures by name. */
  void warmUp(final Map<String, Double> figures) {
    warmUp = Map.copyOf(figures);
  }

  /** Whether the open loop made its load. */
  void load(final LoadReading reading) {
    load = Optional.of(reading);
  }

  private synchronized void write(
      final StreamRequest request, final StreamRecord record, final int attempt) {
    final StreamMetrics metrics = StreamMetrics.of(record);
    outcomes.merge(record.outcome(), 1L, Long::sum);
    reads += record.content().reads();
    events += record.content().events();
    if (record.outcome() != Outcome.REFUSED_BY_LIMIT) {
      for (final Distribution distribution : distributions) {
        distribution.metric().read(record, attempt, metrics, distribution::add);
      }
    }
    if (plan.isEmpty() || plan.get().simulated()) {
      toCompare.add(record);
    }
    if (log.isPresent()) {
      final RoundPlan round = plan.orElseThrow();
      try {
        final StreamLine line =
            StreamLines.of(round.round(), round.cell(), record, attempt, metrics, round.price());
        log.get().write(line);
        readings.add(line);
        if (texts.isPresent()) {
          texts.get().add(request, record);
        }
      } catch (final IOException e) {
        throw new UncheckedIOException("the run directory can't be written", e);
      }
    }
  }

  synchronized void addCanary(final StreamRecord record) {
    toCompare.add(record);
  }

  /**
   * Ends the recording, compares its stamps with the simulator's ledger, and writes the round's
   * histograms.
   *
   * @return what was recorded; empty if there was no recording
   * @throws IOException if the ledger can't be read or the histograms not be written
   * @throws InterruptedException if the thread is interrupted
   */
  public static Optional<Measured> finish() throws IOException, InterruptedException {
    final StreamRecording ended = current;
    current = null;
    if (ended == null) {
      return Optional.empty();
    }
    ended.awaitWriter();
    return Optional.of(ended.close());
  }

  /**
   * Waits until the streams that ended so far are written. Where JMH broke a measurement off,
   * nobody else does.
   *
   * @throws IOException if it takes too long
   */
  void settle() throws IOException {
    try {
      final var unused =
          CompletableFuture.runAsync(() -> {}, writer)
              .get(WRITER_PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (final RejectedExecutionException e) {
      // It was ended, and has written all.
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (final ExecutionException | TimeoutException e) {
      throw new IOException("the run directory takes too long to write to", e);
    }
  }

  private void awaitWriter() throws IOException, InterruptedException {
    writer.shutdown();
    if (!writer.awaitTermination(WRITER_PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new IOException("the run directory takes too long to write to");
    }
    final Throwable cause = lost.get();
    if (cause != null) {
      throw new IOException("streams could not be recorded: " + cause.getMessage(), cause);
    }
  }

  private synchronized Measured close() throws IOException, InterruptedException {
    final Instant finished = Instant.now();
    final Map<String, Double> health = new TreeMap<>(ClientHealth.now().since(window.before()));
    final Histogram overslept = window.hiccups().stop();
    health.put("hiccup_p50_ms", overslept.getValueAtPercentile(50) / NANOS_PER_MILLI);
    health.put("hiccup_p99_ms", overslept.getValueAtPercentile(99) / NANOS_PER_MILLI);
    health.put("hiccup_max_ms", overslept.getMaxValue() / NANOS_PER_MILLI);
    health.put("content_reads", (double) reads);
    health.put("content_events", (double) events);
    health.putAll(warmUp);
    if (log.isPresent()) {
      log.get().close();
    }
    if (texts.isPresent()) {
      texts.get().close();
    }
    final SignedHistogram error = new SignedHistogram();
    final Optional<SimulatorAddress> simulator =
        plan.map(RoundPlan::simulator).or(OwnSimulator::address);
    if (simulator.isPresent()) {
      try {
        final LedgerClient ledger = LedgerClient.of(simulator.get());
        for (final StreamRecord record : toCompare) {
          for (final long nanos : InstrumentErrors.of(record, ledger)) {
            error.recordValue(nanos);
          }
        }
      } catch (final IOException e) {
        // The streams were measured, and may have been paid for: only their error is unknown.
        System.err.println("the simulator's ledger can't be read: " + e.getMessage());
      }
    }
    final Map<String, Histogram> byLabel = new TreeMap<>();
    distributions.forEach(each -> byLabel.put(each.metric().label(), each.histogram()));
    byLabel.put("hiccup", overslept);
    byLabel.putAll(readings.histograms());
    if (plan.isPresent()) {
      RunDirectory.open(plan.get().runDirectory())
          .writeHistograms(
              plan.get().cell(),
              plan.get().round(),
              HistogramLog.of(window.started(), finished, byLabel, error));
    }
    final InstrumentReading.Source source =
        plan.isEmpty() || plan.get().simulated()
            ? InstrumentReading.Source.LEDGER
            : InstrumentReading.Source.CANARY;
    return new Measured(
        distributions, outcomes, error, source, health, planned, retries, notStarted, load);
  }
}
