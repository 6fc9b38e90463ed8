package dev.latencylens.benchmarks.proof;

import dev.latencylens.fixtures.simulator.SimulatorProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts the suite as a user would, in a process of its own. Stateless. */
final class SuiteProcess {
  /** By name, as the scripts do: this package is started by that class itself. */
  private static final String MAIN = "dev.latencylens.benchmarks.command.Main";

  private SuiteProcess() {}

  /** The first lines of a configuration: one target, a model of a simulator. */
  static String target(final SimulatorProcess simulator, final String model) {
    return "targets:%n  - { provider: openai, name: simulator, model: %s, base_url: \"%s/v1\"%s }%n"
        .formatted(
            model,
            simulator.baseUri(),
            simulator.caBundle().map(ca -> ", ca_bundle: \"" + ca + "\"").orElse(""));
  }

  /**
   * Runs a command to its end.
   *
   * @param scratch gets what it prints, as {@code table} and {@code log}
   * @param jvm options of Java
   * @param arguments the command's name and its arguments
   * @throws IOException if it failed otherwise than by streams that failed
   */
  static void run(final Path scratch, final List<String> jvm, final List<String> arguments)
      throws IOException, InterruptedException {
    final List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // JMH keeps a lock in it: whatever else runs on this machine must not be in the way.
    command.add("-Djava.io.tmpdir=" + Files.createDirectory(scratch.resolve("tmp")));
    command.addAll(jvm);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN));
    command.addAll(arguments);
    final Path log = scratch.resolve("log");
    final ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(scratch.resolve("table").toFile())
            .redirectError(log.toFile());
    final String path = System.getenv("PATH");
    builder.environment().clear();
    if (path != null) {
      builder.environment().put("PATH", path);
    }
    // The simulator takes any key.
    builder.environment().put("OPENAI_API_KEY", "none");
    final int status = builder.start().waitFor();
    // 1 is a run in which streams failed: that is for the table to say.
    if (status > 1) {
      throw new IOException("the run ended with " + status + ": " + Files.readString(log).strip());
    }
  }
}
