package dev.latencylens.results;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latencylens.results.run.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is cut, missing or edited: each command names it, and shows what is whole. */
class DamagedRunTest {
  /** What may happen to a run, and the name under which a person must hear of it. */
  enum Damage {
    CUT_STREAMS("streams.jsonl"),
    CUT_JMH("jmh.json"),
    CUT_HISTOGRAMS("0003.hlog"),
    EDITED_HISTOGRAMS("0003.hlog"),
    CUT_ROUND("0003.json"),
    MISSING_ROUND("round 3"),
    CUT_MANIFEST("manifest.json");

    final String name;

    Damage(String name) {
      this.name = name;
    }

    void in(Path run) throws IOException {
      Path histograms = run.resolve("histograms/c001/0003.hlog");
      switch (this) {
        case CUT_STREAMS -> cut(run.resolve("streams.jsonl"));
        case CUT_JMH -> cut(run.resolve("jmh.json"));
        case CUT_HISTOGRAMS -> cut(histograms);
        // Those of another round: whole in themselves, and of as many streams.
        case EDITED_HISTOGRAMS ->
            Files.copy(
                run.resolve("histograms/c001/0001.hlog"),
                histograms,
                StandardCopyOption.REPLACE_EXISTING);
        case CUT_ROUND -> cut(run.resolve("rounds/0003.json"));
        case MISSING_ROUND -> Files.delete(run.resolve("rounds/0003.json"));
        case CUT_MANIFEST -> cut(run.resolve("manifest.json"));
      }
    }

    private static void cut(Path file) throws IOException {
      byte[] whole = Files.readAllBytes(file);
      Files.write(file, Arrays.copyOf(whole, whole.length * 3 / 5));
    }
  }

  static Stream<Arguments> all() {
    return Stream.of(RunCommand.values())
        .flatMap(
            command -> Stream.of(Damage.values()).map(damage -> Arguments.of(command, damage)));
  }

  private final Path directory;

  DamagedRunTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @ParameterizedTest
  @MethodSource("all")
  void eachCommandNamesTheDamageAndShowsTheRest(RunCommand command, Damage damage)
      throws IOException {
    Path run = run("run");
    Path other = run("other");
    RecordedRun.elsewhere(other);
    if (command == RunCommand.HISTORY) {
      assertThat(RunCommand.REPORT.run(run, other, directory).status()).isEqualTo(1);
      RunCommand.makeRelease(run);
    }
    boolean untouched = isUntouchedBy(command, damage);
    RunCommand.Ended before =
        untouched && command != RunCommand.ERASE
            ? command.run(run, other, directory)
            : new RunCommand.Ended(0, "", "");
    damage.in(run);

    RunCommand.Ended ended = command.run(run, other, directory);

    assertThat(ended.all()).doesNotContain("\tat ", "Exception", "java.");
    if (untouched) {
      assertThat(ended.status()).as(ended.err()).isEqualTo(before.status());
      assertThat(ended.err()).isEqualTo(before.err());
      return;
    }
    assertThat(ended.err()).contains(expected(command, damage));
    if (damage == Damage.CUT_MANIFEST || command == RunCommand.HISTORY) {
      assertThat(ended.status()).isEqualTo(2);
      assertThat(ended.out()).isEmpty();
      assertThat(ended.err()).contains("restore");
      return;
    }
    switch (command) {
      case REPORT -> {
        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.err()).contains("restore the files from a copy of the run");
        assertThat(ended.out()).contains("anthropic/claude-haiku-4-5");
        assertThat(Files.readString(run.resolve("summary.md"))).contains("- Warning: ");
      }
      case REPORT_FROM_LOGS -> {
        assertThat(ended.status()).isEqualTo(damage == Damage.CUT_JMH ? 2 : 1);
        assertThat(ended.out().isEmpty()).isEqualTo(damage == Damage.CUT_JMH);
      }
      case COMPARE, COMPARE_TWO, INSPECT -> {
        assertThat(ended.status()).isZero();
        assertThat(ended.err()).contains("restore the files from a copy of the run");
        assertThat(ended.out()).contains("c00");
      }
      case PUBLISH -> {
        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.err()).contains("nothing was published; mend that");
      }
      case MERGE -> {
        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.err()).contains("left out of " + run);
        assertThat(ended.out()).contains("elsewhere");
      }
      case EXPORT -> {
        assertThat(ended.status()).isZero();
        assertThat(directory.resolve("run.zip")).exists();
      }
      case HISTORY, ERASE -> throw new AssertionError("handled above");
    }
  }

  /** What a command does not read it has no reason to speak of; what it erases is gone anyway. */
  private static boolean isUntouchedBy(RunCommand command, Damage damage) {
    return switch (command) {
      case ERASE -> damage != Damage.CUT_MANIFEST;
      case COMPARE, COMPARE_TWO, INSPECT -> damage == Damage.CUT_JMH;
      case REPORT_FROM_LOGS ->
          List.of(
                  Damage.CUT_STREAMS,
                  Damage.CUT_ROUND,
                  Damage.MISSING_ROUND,
                  // Nothing but the round's file has the hash.
                  Damage.EDITED_HISTOGRAMS)
              .contains(damage);
      default -> false;
    };
  }

  private static String expected(RunCommand command, Damage damage) {
    if (damage != Damage.MISSING_ROUND) {
      return damage.name;
    }
    return command == RunCommand.HISTORY ? "rounds/0003.json is missing" : damage.name;
  }

  /** A recorded run, with the hashes that were not yet kept when it was recorded. */
  private Path run(String name) throws IOException {
    Path run = RecordedRun.copy(RecordedRun.RECORDED, directory.resolve(name));
    ObjectMapper json = new ObjectMapper();
    try (Stream<Path> rounds = Files.list(run.resolve("rounds"))) {
      for (Path file : rounds.toList()) {
        ObjectNode round = (ObjectNode) json.readTree(file.toFile());
        String log =
            "histograms/%s/%04d.hlog"
                .formatted(round.path("cell").asText(), round.path("round").asInt());
        round.put("histograms_sha256", Sha256.hex(run.resolve(log)));
        Files.writeString(file, round.toString());
      }
    }
    return run;
  }
}
