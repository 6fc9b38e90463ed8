package dev.latencylens.benchmarks.audit;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Another process that holds a file's lock until it is closed. */
final class LockHolder implements AutoCloseable {
  private final Process process;

  private LockHolder(final Process process) {
    this.process = process;
  }

  /** In the process: locks the file that it is given until its input ends. */
  public static void main(final String[] arguments) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            Path.of(arguments[0]), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.lock();
      System.out.println("locked");
      while (System.in.read() >= 0) {
        // Until the test is done with it.
      }
    }
  }

  static LockHolder start(final Path file) throws IOException {
    final Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                LockHolder.class.getName(),
                file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    if (process.getInputStream().read() < 0) {
      throw new IOException("the process that was to hold the lock ended");
    }
    return new LockHolder(process);
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    process.onExit().join();
  }
}
