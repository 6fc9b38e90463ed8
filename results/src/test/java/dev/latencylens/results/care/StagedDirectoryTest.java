package dev.latencylens.results.care;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagedDirectoryTest {
  private final Path above;
  private final Path target;

  StagedDirectoryTest(@TempDir Path above) {
    this.above = above;
    target = above.resolve("target");
  }

  @Test
  void whatIsWholeStandsInItsPlace() throws IOException {
    try (StagedDirectory staged = StagedDirectory.beside(target)) {
      fill(staged.path(), "new");
      assertThat(target).doesNotExist();
      staged.moveIntoPlace();
    }

    assertThat(target.resolve("file")).content().isEqualTo("new");
    assertThat(names()).containsExactly("target");
  }

  @Test
  void whatFailedLeavesNothingAndWhatWasThereStays() throws IOException {
    fill(target, "old");
    try (StagedDirectory staged = StagedDirectory.beside(target)) {
      fill(staged.path(), "new");
    }
    try (StagedDirectory staged = StagedDirectory.beside(target)) {
      assertThatThrownBy(staged::moveIntoPlace).isInstanceOf(IOException.class);
    }

    assertThat(target.resolve("file")).content().isEqualTo("old");
    assertThat(names()).containsExactly("target");
  }

  @Test
  void whatIsTakenBackMakesRoomForWhatWasThere() throws IOException {
    fill(target, "old");
    try (StagedDirectory staged = StagedDirectory.beside(target)) {
      fill(staged.path(), "new");
      staged.moveIntoPlace();
      assertThat(target.resolve("file")).content().isEqualTo("new");
      staged.takeBack();
      assertThat(target.resolve("file")).content().isEqualTo("old");
    }

    assertThat(names()).containsExactly("target");
  }

  @Test
  void whatAKilledProcessLeftIsInNobodysWay() throws IOException {
    fill(above.resolve(".target." + ProcessHandle.current().pid() + ".tmp"), "left");
    try (StagedDirectory staged = StagedDirectory.beside(target)) {
      assertThat(staged.path()).doesNotExist();
    }
  }

  private static void fill(Path directory, String text) throws IOException {
    Files.createDirectory(directory);
    Files.writeString(directory.resolve("file"), text);
  }

  private Stream<String> names() throws IOException {
    try (Stream<Path> content = Files.list(above)) {
      return content.map(path -> path.getFileName().toString()).toList().stream();
    }
  }
}
