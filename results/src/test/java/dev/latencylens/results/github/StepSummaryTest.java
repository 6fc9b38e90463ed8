package dev.latencylens.results.github;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepSummaryTest {
  private final Path file;

  StepSummaryTest(@TempDir Path directory) {
    file = directory.resolve("step.md");
  }

  @Test
  void whatEarlierCommandsOfTheStepWroteStays() throws IOException {
    Files.writeString(file, "earlier");

    assertThat(append("| a |\n|:--|\n")).isEmpty();
    assertThat(append("later\n")).isEmpty();

    assertThat(file).content().isEqualTo("earlier\n| a |\n|:--|\n\n\nlater\n\n");
  }

  @Test
  void nothingHappensOutsideOfGitHub() {
    assertThat(StepSummary.of(Map.of()).append("x")).isEmpty();
    assertThat(StepSummary.of(Map.of(StepSummary.VARIABLE, "")).append("x")).isEmpty();
  }

  @Test
  void whatGitHubWouldNotShowIsLeftOutAndTold() throws IOException {
    assertThat(append("x".repeat(1 << 20)))
        .hasValueSatisfying(why -> assertThat(why).contains("1 MiB"));
    assertThat(file).doesNotExist();

    Files.writeString(file, "x".repeat((1 << 20) - 4));
    assertThat(append("12")).isEmpty();
    assertThat(append("")).hasValueSatisfying(why -> assertThat(why).contains("1 MiB"));
    assertThat(file).hasSize(1 << 20);
  }

  @Test
  void aFileThatCannotBeWrittenIsTold() {
    String directory = String.valueOf(file.getParent());

    assertThat(StepSummary.of(Map.of(StepSummary.VARIABLE, directory)).append("x"))
        .hasValueSatisfying(why -> assertThat(why).contains("GITHUB_STEP_SUMMARY", "written"));
  }

  private Optional<String> append(String text) {
    return StepSummary.of(Map.of(StepSummary.VARIABLE, file.toString())).append(text);
  }
}
