package dev.latencylens.harness.secret;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Keys that a command prints, such as {@code pass show openai} or {@code op read op://…}. No shell
 * looks at the arguments. The command may ask on the terminal: it inherits standard input and
 * error, which are its own talk with the person, and are neither read nor kept here. It does not
 * get the variables that hold other keys. The key is the first line that it prints. Thread-safe.
 */
final class CommandKeys implements KeyReader<KeyLocation.Command> {
  /** Long enough not to ask a person twice in a short run. */
  private static final Duration VALID_FOR = Duration.ofMinutes(15);

  /** A person may have to type a passphrase. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final int MOST_BYTES = 64 << 10;

  private final Set<String> withheld;
  private final Duration patience;

  /**
   * Runs commands.
   *
   * @param withheld environment variables that they don't get; looked at anew for each command
   */
  CommandKeys(final Set<String> withheld) {
    this(withheld, PATIENCE);
  }

  CommandKeys(final Set<String> withheld, final Duration patience) {
    this.withheld = withheld;
    this.patience = patience;
  }

  @Override
  public Optional<FoundKey> read(final KeyLocation.Command location) throws KeyAccessException {
    final String name = location.arguments().get(0);
    final ProcessBuilder builder =
        new ProcessBuilder(location.arguments())
            .redirectInput(ProcessBuilder.Redirect.INHERIT)
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().keySet().removeAll(withheld);
    final Process process;
    try {
      process = builder.start();
    } catch (final IOException e) {
      throw new KeyAccessException(name + " can't be run: install it, or name another place");
    }
    final byte[] output = output(name, process);
    try {
      return Optional.of(new FoundKey(Secret.of(firstLine(output)), VALID_FOR));
    } catch (final IllegalArgumentException unusable) {
      throw new KeyAccessException(name + " printed no key: " + unusable.getMessage());
    } finally {
      Arrays.fill(output, (byte) 0);
    }
  }

  private byte[] output(final String name, final Process process) throws KeyAccessException {
    final CompletableFuture<byte[]> output = new CompletableFuture<>();
    final Thread reader = new Thread(() -> readInto(output, process), "latency-lens-key-command");
    reader.setDaemon(true);
    reader.start();
    try {
      final byte[] bytes = output.get(patience.toNanos(), TimeUnit.NANOSECONDS);
      // What closed its output is about to end; what does not, is stopped all the same.
      if (!process.waitFor(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new TimeoutException();
      }
      if (bytes.length > MOST_BYTES) {
        throw new KeyAccessException(name + " printed more than 64 KiB, and no key is that long");
      }
      if (process.exitValue() != 0) {
        Arrays.fill(bytes, (byte) 0);
        throw new KeyAccessException(
            name + " ended with status " + process.exitValue() + ": run it by hand to see why");
      }
      return bytes;
    } catch (final TimeoutException late) {
      throw new KeyAccessException(
          name
              + " printed no key within "
              + patience.toSeconds()
              + " s: run it by hand to see why");
    } catch (final ExecutionException e) {
      throw new KeyAccessException("what " + name + " printed can't be read");
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KeyAccessException("interrupted while " + name + " was running");
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static void readInto(final CompletableFuture<byte[]> output, final Process process) {
    try (InputStream in = process.getInputStream()) {
      output.complete(in.readNBytes(MOST_BYTES + 1));
    } catch (final IOException e) {
      output.completeExceptionally(e);
    }
  }

  private static String firstLine(final byte[] output) {
    int end = 0;
    while (end < output.length && output[end] != '\n') {
      end++;
    }
    return new String(output, 0, end, StandardCharsets.UTF_8);
  }
}
