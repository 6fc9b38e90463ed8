package dev.latencylens.benchmarks.endtoend;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * One round of {@code my.yaml} into the directory {@code run}, looked at from outside.
 *
 * @param ended how it ended
 * @param watch what any user of the machine saw meanwhile
 * @param temporaryFilesWithKeys what of its temporary files and output held a key
 */
record WatchedBench(JarProcess.Ended ended, ProcessWatch watch, List<Path> temporaryFilesWithKeys) {

  static WatchedBench run(
      final Path directory, final Map<String, String> environment, final Predicate<String> hasKey)
      throws IOException, InterruptedException {
    try (JarProcess process =
        JarProcess.start(
            directory,
            environment,
            JarProcess.BENCH,
            "--config",
            "my.yaml",
            "--out",
            "run",
            "--rounds",
            "1")) {
      final ProcessWatch watch = new ProcessWatch(process.handle());
      final JarProcess.Ended ended = process.awaitEnd(watch);
      return new WatchedBench(ended, watch, filesWithKeys(process.directory(), hasKey));
    }
  }

  /** The files under a directory that hold a key, in their name or in their bytes. */
  static List<Path> filesWithKeys(final Path directory, final Predicate<String> hasKey)
      throws IOException {
    final List<Path> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (final Path file : files.toList()) {
        if (hasKey.test(file.toString())
            || (Files.isRegularFile(file)
                && hasKey.test(Files.readString(file, StandardCharsets.ISO_8859_1)))) {
          found.add(file);
        }
      }
    }
    return found;
  }
}
