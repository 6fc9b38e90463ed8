package dev.latencylens.benchmarks.endtoend;

import dev.latencylens.benchmarks.command.Main;
import dev.latencylens.benchmarks.streaming.WarmUp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * A process of the built jar, with nothing in its environment but what the test puts there, and
 * with a temporary directory of its own: JMH keeps a lock in it. Its output goes to files, so that
 * a grandchild that lives on can't hold the test up.
 */
final class JarProcess implements AutoCloseable {
  static final String BENCH = "bench";
  static final String REPORT = "report";

  static final Path JAR =
      Path.of(System.getProperty("basedir", ""), "target", "benchmarks.jar").toAbsolutePath();
  private static final String FORK_OPTIONS = "latencylens.fork.options";
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final long GLANCE_MILLIS = 100;

  private final Process process;
  private final Path directory;

  private JarProcess(final Process process, final Path directory) {
    this.process = process;
    this.directory = directory;
  }

  /**
   * How a process ended.
   *
   * @param status its exit status
   * @param out its standard output
   * @param err its standard error
   */
  record Ended(int status, String out, String err) {}

  /** Runs a command of the jar to its end. */
  static Ended run(
      final Path workingDirectory,
      final Map<String, String> environment,
      final String name,
      final String... arguments)
      throws IOException, InterruptedException {
    try (JarProcess started = start(workingDirectory, environment, name, arguments)) {
      return started.awaitEnd();
    }
  }

  /**
   * Starts a run of {@code my.yaml} with made-up keys.
   *
   * @param workingDirectory holds the file
   * @param out the run directory's name
   * @param more options
   */
  static JarProcess bench(final Path workingDirectory, final String out, final String... more)
      throws IOException {
    final List<String> arguments = new ArrayList<>(List.of("--config", "my.yaml", "--out", out));
    arguments.addAll(List.of(more));
    return start(workingDirectory, MarkedKeys.ENVIRONMENT, BENCH, arguments.toArray(String[]::new));
  }

  /** Runs {@code my.yaml} with made-up keys to its end, into the directory {@code run}. */
  static Ended benched(final Path workingDirectory, final String... more)
      throws IOException, InterruptedException {
    try (JarProcess started = bench(workingDirectory, "run", more)) {
      return started.awaitEnd();
    }
  }

  /** Starts a command of the jar. */
  static JarProcess start(
      final Path workingDirectory,
      final Map<String, String> environment,
      final String name,
      final String... arguments)
      throws IOException {
    final List<String> selected =
        new ArrayList<>(List.of("-cp", JAR.toString(), Main.class.getName(), name));
    selected.addAll(List.of(arguments));
    return start(workingDirectory, environment, selected);
  }

  /** Runs the jar's own main class, which is JMH's, to its end. */
  static Ended runJmh(final Path workingDirectory, final String... arguments)
      throws IOException, InterruptedException {
    final List<String> selected = new ArrayList<>(List.of("-jar", JAR.toString()));
    selected.addAll(List.of(arguments));
    try (JarProcess started = start(workingDirectory, Map.of(), selected)) {
      return started.awaitEnd();
    }
  }

  private static JarProcess start(
      final Path workingDirectory,
      final Map<String, String> environment,
      final List<String> selected)
      throws IOException {
    final Path directory = Files.createTempDirectory("latency-lens-it-");
    final List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (final String passedOn : List.of(WarmUp.LONGEST, FORK_OPTIONS)) {
      Optional.ofNullable(System.getProperty(passedOn))
          .ifPresent(value -> command.add("-D" + passedOn + "=" + value));
    }
    command.add("-Djava.io.tmpdir=" + Files.createDirectory(directory.resolve("tmp")));
    command.addAll(selected);
    final ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(workingDirectory.toFile())
            .redirectOutput(directory.resolve("stdout").toFile())
            .redirectError(directory.resolve("stderr").toFile());
    builder.environment().keySet().removeIf(name -> !name.equals("PATH"));
    builder.environment().putAll(environment);
    final Process process = builder.start();
    process.getOutputStream().close();
    return new JarProcess(process, directory);
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  /** Where its output and its temporary files are. */
  Path directory() {
    return directory;
  }

  /** Waits until a condition holds, looking several times a second; fails if the process ends. */
  void await(final BooleanSupplier condition) throws InterruptedException, IOException {
    final long limit = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (process.waitFor(GLANCE_MILLIS, TimeUnit.MILLISECONDS) || System.nanoTime() > limit) {
        throw new AssertionError("it never came: " + read("stderr"));
      }
    }
  }

  Ended awaitEnd() throws IOException, InterruptedException {
    return awaitEnd(() -> {});
  }

  /** Waits for the end, and looks at the process several times a second meanwhile. */
  Ended awaitEnd(final Runnable glance) throws IOException, InterruptedException {
    final long limit = System.nanoTime() + PATIENCE.toNanos();
    while (!process.waitFor(GLANCE_MILLIS, TimeUnit.MILLISECONDS)) {
      glance.run();
      if (System.nanoTime() > limit) {
        throw new AssertionError("it hangs: " + read("stderr"));
      }
    }
    return new Ended(process.exitValue(), read("stdout"), read("stderr"));
  }

  /** What {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  private String read(final String file) throws IOException {
    return Files.readString(directory.resolve(file), StandardCharsets.UTF_8);
  }

  /** Ends what still runs, and removes its files. */
  @Override
  public void close() throws IOException {
    final List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
    try (Stream<Path> files = Files.walk(directory)) {
      for (final Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
