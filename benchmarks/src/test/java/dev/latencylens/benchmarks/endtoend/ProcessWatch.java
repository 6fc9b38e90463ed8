package dev.latencylens.benchmarks.endtoend;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;

/** What any user of the machine sees of a process and its descendants: their command lines. */
final class ProcessWatch implements Runnable {
  private static final String SIMULATOR = "SimulatorCommand";
  private static final String MEASURING = "ForkedMain";

  private final ProcessHandle process;
  private final Set<String> commandLines = new LinkedHashSet<>();
  private final Set<String> simulatorEnvironments = new LinkedHashSet<>();
  private final Set<String> measuringEnvironments = new LinkedHashSet<>();

  ProcessWatch(final ProcessHandle process) {
    this.process = process;
  }

  @Override
  public void run() {
    try (Stream<ProcessHandle> descendants = process.descendants()) {
      Stream.concat(Stream.of(process), descendants).forEach(this::look);
    }
  }

  private void look(final ProcessHandle seen) {
    final String commandLine = read(seen, "cmdline");
    commandLines.add(commandLine);
    if (commandLine.contains(SIMULATOR)) {
      simulatorEnvironments.add(read(seen, "environ"));
    }
    // Not the shell, nor the env command, that are about to become it.
    if (commandLine.contains(MEASURING)
        && commandLine.substring(0, commandLine.indexOf('\0')).endsWith("java")
        && !commandLine.startsWith("/bin/sh")) {
      measuringEnvironments.add(read(seen, "environ"));
    }
  }

  private static String read(final ProcessHandle process, final String what) {
    try {
      return Files.readString(
          Path.of("/proc", Long.toString(process.pid()), what), StandardCharsets.ISO_8859_1);
    } catch (final IOException e) {
      // It ended meanwhile.
      return "";
    }
  }

  Set<String> commandLines() {
    return commandLines;
  }

  /** The environments of the measuring processes among the descendants. */
  Set<String> measuringEnvironments() {
    return measuringEnvironments;
  }

  /** The environments of the simulators among the descendants. */
  Set<String> simulatorEnvironments() {
    return simulatorEnvironments;
  }
}
