package dev.latencylens.benchmarks.audit;

import dev.latencylens.results.audit.AuditEntry;
import dev.latencylens.results.audit.AuditField;
import dev.latencylens.results.audit.AuditFile;
import dev.latencylens.results.run.Subjects;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * Writes audit entries on a thread of its own: who hands one over never waits for a disk or another
 * process. What has gathered meanwhile goes into the file as one batch. Thread-safe.
 */
final class AuditWriter implements AutoCloseable {
  /** Bounds one write, and how long other processes wait for the lock. */
  private static final int MOST_AT_ONCE = 1_000;

  /** Stands for a user whose pseudonym could not be made. */
  private static final String UNKNOWN = "unknown";

  /** How often a wait looks whether the thread still lives. */
  private static final long GLANCE_MILLIS = 100;

  /** Tells the thread that nothing will follow. */
  private static final List<KeyValuePair> LAST = List.of();

  private final AuditFile file;
  private final Subjects subjects;
  private final BlockingQueue<List<KeyValuePair>> queue = new LinkedBlockingQueue<>();
  private final Map<String, String> pseudonyms = new HashMap<>();
  private final Thread thread = new Thread(this::writeAll, "latency-lens-audit");
  private long added;
  private long written;
  private long lost;
  private @Nullable Exception failure;

  private AuditWriter(final AuditFile file, final Subjects subjects) {
    this.file = file;
    this.subjects = subjects;
  }

  static AuditWriter start(final Path run) {
    final AuditWriter writer = new AuditWriter(AuditFile.of(run), Subjects.of(run));
    writer.thread.setDaemon(true);
    writer.thread.start();
    return writer;
  }

  /**
   * Takes an event and returns at once.
   *
   * @param pairs its key-value pairs; one at least
   */
  synchronized void add(final List<KeyValuePair> pairs) {
    added++;
    queue.add(pairs);
  }

  private void writeAll() {
    boolean more = true;
    while (more) {
      final List<List<KeyValuePair>> batch = new ArrayList<>();
      try {
        batch.add(queue.take());
      } catch (final InterruptedException e) {
        // Nobody interrupts this thread but an end of the process that waits for nothing.
        return;
      }
      queue.drainTo(batch, MOST_AT_ONCE - 1);
      more = !batch.remove(LAST);
      write(batch);
      done(batch.size());
    }
  }

  private synchronized void done(final int events) {
    written += events;
    notifyAll();
  }

  private void write(final List<List<KeyValuePair>> batch) {
    try {
      final List<AuditEntry> entries = new ArrayList<>(batch.size());
      for (final List<KeyValuePair> pairs : batch) {
        LoggedEvent.of(pairs).map(this::withPseudonym).ifPresent(entries::add);
      }
      file.append(entries);
    } catch (final IOException | RuntimeException e) {
      missed(batch.size(), e);
    }
  }

  private synchronized void missed(final int events, final Exception why) {
    lost += events;
    failure = failure == null ? why : failure;
  }

  /** An event without its user is better than no event: what went wrong is told at the end. */
  private AuditEntry withPseudonym(final LoggedEvent event) {
    if (event.userId().isEmpty()) {
      return event.entry();
    }
    final String id = event.userId().get();
    if (!Subjects.isId(id)) {
      return event.entry().with(AuditField.USER_ID, UNKNOWN);
    }
    try {
      String pseudonym = pseudonyms.get(id);
      if (pseudonym == null) {
        pseudonym = subjects.pseudonym(id);
        pseudonyms.put(id, pseudonym);
      }
      return event.entry().with(AuditField.USER_ID, pseudonym);
    } catch (final IOException e) {
      missed(0, e);
      return event.entry().with(AuditField.USER_ID, UNKNOWN);
    }
  }

  /**
   * Waits until all events that were handed over are in the file; more may follow.
   *
   * @throws IOException if events were lost
   */
  synchronized void flush() throws IOException {
    final long asked = added;
    try {
      while (written < asked && thread.isAlive()) {
        wait(GLANCE_MILLIS);
      }
    } catch (final InterruptedException e) {
      throw interrupted();
    }
    complain();
  }

  private static InterruptedIOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("interrupted while the audit log was written");
  }

  /**
   * Writes what is left, and ends the thread.
   *
   * @throws IOException if events were lost, now or earlier
   */
  @Override
  public void close() throws IOException {
    queue.add(LAST);
    try {
      thread.join();
    } catch (final InterruptedException e) {
      throw interrupted();
    }
    complain();
  }

  private synchronized void complain() throws IOException {
    // Only an error that ended the thread leaves events there.
    final long missing = lost + (thread.isAlive() ? 0 : queue.size());
    if (failure != null || missing > 0) {
      throw new IOException(
          "the audit log is not complete ("
              + missing
              + (missing == 1 ? " event" : " events")
              + " missing): "
              + (failure == null ? "its thread ended early" : failure.getMessage()),
          failure);
    }
  }
}
