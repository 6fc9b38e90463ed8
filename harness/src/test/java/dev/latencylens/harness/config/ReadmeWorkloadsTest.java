package dev.latencylens.harness.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's section on workloads is read as it stands, and shows every source. */
class ReadmeWorkloadsTest {
  private static final Path README =
      Path.of(System.getProperty("basedir", ""), "..", "README.md").normalize();
  private static final Pattern SECTION =
      Pattern.compile("(?s)\n### Workloads\n(.*?)\n### ", Pattern.UNIX_LINES);

  @Test
  void everyExampleCanBeMeasuredAndEverySourceHasOne(@TempDir final Path directory)
      throws Exception {
    Files.writeString(directory.resolve("question.txt"), "Why?");
    Files.writeString(directory.resolve("prompts.jsonl"), examples("json").get(0));
    final ConfigurationFile file = new ConfigurationFile(directory);

    final List<Class<?>> sources = new ArrayList<>();
    for (final String example : examples("yaml")) {
      sources.add(file.load(ConfigurationFile.TARGETS + example).workload().prompts().getClass());
    }

    assertThat(sources)
        .containsExactlyInAnyOrder(Prompts.class.getPermittedSubclasses())
        .isNotEmpty();
  }

  private static List<String> examples(final String language) throws IOException {
    final Matcher section = SECTION.matcher(Files.readString(README));
    assertThat(section.find()).isTrue();
    final Matcher block =
        Pattern.compile("(?s)\n```" + language + "\n(.*?\n)```\n").matcher(section.group(1));
    return block.results().map(found -> found.group(1)).toList();
  }
}
