package dev.latencylens.benchmarks.validate;

import java.io.IOException;
import java.util.List;

/** Holds processes to cores, by Linux's own command for it. Stateless. */
final class Cores {
  private Cores() {}

  /**
   * Holds a process, with all of its threads, to one core.
   *
   * @param process its number
   * @param core which core, from 0
   * @throws IOException if there is no such command, or no such core
   */
  static void hold(final long process, final int core) throws IOException, InterruptedException {
    final List<String> command =
        List.of(
            "taskset",
            "--all-tasks",
            "--cpu-list",
            "--pid",
            Integer.toString(core),
            Long.toString(process));
    final Process taskset;
    try {
      taskset =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (final IOException e) {
      throw new IOException(
          "the command taskset is missing (util-linux has it): processes can't be held to a core",
          e);
    }
    if (taskset.waitFor() != 0) {
      throw new IOException("process " + process + " can't be held to core " + core);
    }
  }
}
