package dev.latencylens.benchmarks.runner;

import dev.latencylens.benchmarks.profile.StreamProfiler;
import dev.latencylens.benchmarks.streaming.StreamBenchmark;
import dev.latencylens.benchmarks.streaming.WarmUp;
import dev.latencylens.harness.provider.Providers;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * The classes of a measuring process, read and verified once for each build and Java (class-data
 * sharing, JEP 350), so that every round begins with a compiler that has less to do beside it. It
 * stands beside the jar, and is made by a process that streams from a simulator for a moment. Java
 * itself checks that it fits the jar, and goes without one that does not. Stateless.
 */
final class ClassDataArchive {
  private static final String SUFFIX = ".jsa";
  private static final String PROVIDER = "openai";
  private static final int TRAINING_STREAMS = 40;
  private static final int TRAINING_USERS = 8;
  private static final String TRAINING_MILLIS = "500";

  private ClassDataArchive() {}

  /**
   * What measuring processes are told of it.
   *
   * @param log hears of an archive that is being made, which takes some seconds, and why not
   * @return options for Java; none where the suite does not run from one jar, or where nothing can
   *     be kept beside it
   */
  static List<String> options(final PrintStream log) {
    final Path jar = Path.of(System.getProperty("java.class.path", ""));
    if (!jar.toString().endsWith(".jar") || !Files.isRegularFile(jar)) {
      return List.of();
    }
    try {
      final Path directory =
          Objects.requireNonNull(jar.toAbsolutePath().getParent(), "a file has a parent");
      final Path archive = directory.resolve(name(jar.toAbsolutePath()));
      if (!Files.isReadable(archive)) {
        if (!Files.isWritable(directory)) {
          return List.of();
        }
        log.println("Preparing the measuring processes, once for this build: some seconds ...");
        // Those of builds before this one.
        removeAll(directory, stem(jar) + "*" + SUFFIX);
        make(directory, archive);
      }
      // What Java has to say of an archive that does not fit it would stand among JMH's lines.
      return List.of("-Xshare:auto", "-XX:SharedArchiveFile=" + archive, "-Xlog:cds*=off");
    } catch (final IOException | RunnerException e) {
      log.println("The measuring processes start without a class-data archive: " + e.getMessage());
      return List.of();
    }
  }

  /** Another jar or another Java has another archive. */
  private static String name(final Path jar) throws IOException {
    final String build =
        String.join(
            "|",
            jar.toString(),
            Long.toString(Files.size(jar)),
            Files.getLastModifiedTime(jar).toString(),
            System.getProperty("java.home"),
            System.getProperty("java.vm.version"));
    return stem(jar) + UUID.nameUUIDFromBytes(build.getBytes(StandardCharsets.UTF_8)) + SUFFIX;
  }

  private static String stem(final Path jar) {
    return String.valueOf(jar.getFileName()).replaceFirst("\\.jar$", "-");
  }

  private static void make(final Path directory, final Path archive)
      throws IOException, RunnerException {
    final Path scratch = Files.createTempDirectory(directory, "archive-");
    final Path made = scratch.resolve("made" + SUFFIX);
    try {
      final Optional<Path> launch =
          CleanLaunch.write(scratch, Providers.load().get(PROVIDER), System.getenv());
      final List<String> options = new ArrayList<>(ForkOptions.list());
      options.add("-XX:ArchiveClassesAtExit=" + made);
      options.add("-D" + WarmUp.LONGEST + "=" + TRAINING_MILLIS);
      final OptionsBuilder training = new OptionsBuilder();
      launch.ifPresent(command -> training.jvm(command.toString()));
      new Runner(
              training
                  .include("^" + Pattern.quote(StreamBenchmark.class.getName()) + "\\.")
                  .param("provider", PROVIDER)
                  .param("model", "sim-ttft20-gap2")
                  .mode(Mode.SingleShotTime)
                  .forks(1)
                  .threads(TRAINING_USERS)
                  .warmupIterations(1)
                  .warmupBatchSize(TRAINING_STREAMS)
                  .measurementIterations(1)
                  .measurementBatchSize(TRAINING_STREAMS / TRAINING_USERS)
                  .shouldDoGC(false)
                  .addProfiler(StreamProfiler.class)
                  .jvmArgs(options.toArray(String[]::new))
                  .build(),
              new CapturedOutput(() -> {}))
          .run();
      if (!Files.exists(made)) {
        throw new IOException("Java made none");
      }
      Files.move(made, archive, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      removeAll(scratch, "*");
      Files.deleteIfExists(scratch);
    }
  }

  private static void removeAll(final Path directory, final String names) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, names)) {
      for (final Path file : files) {
        Files.deleteIfExists(file);
      }
    }
  }
}
