package dev.latencylens.results;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latencylens.results.run.RunDirectory;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Runs as they were written, kept among the resources; their paths are shortened.
 *
 * <ul>
 *   <li>{@link #RECORDED}: a real run of the suite against its simulator, two cells (a closed loop
 *       and an open one that its ceiling held back) and two blocks, with timeouts and costs.
 *   <li>{@link #FIRST}: what the writers of the suite's first revision made, which had fewer
 *       fields; its readings are made up.
 * </ul>
 */
public final class RecordedRun {
  /** A run of the current format. */
  public static final String RECORDED = "recorded";

  /** A run of the oldest format. */
  public static final String FIRST = "first-of-schema-1";

  private RecordedRun() {}

  /** Makes a copy one that was measured at another time on another machine. */
  public static void elsewhere(Path run) throws IOException {
    CleanRun.on(RunDirectory.open(run), "elsewhere");
    CleanRun.edit(
        RunDirectory.open(run),
        manifest -> ((ObjectNode) manifest.get("clock")).put("nano_time", 1));
  }

  /** A copy that a test may change. */
  public static Path copy(String name, Path to) throws IOException {
    URL there = Objects.requireNonNull(RecordedRun.class.getResource("/runs/" + name));
    try {
      Path from = Path.of(there.toURI());
      List<Path> files;
      try (Stream<Path> all = Files.walk(from)) {
        files = all.toList();
      }
      for (Path file : files) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
      return to;
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }
}
