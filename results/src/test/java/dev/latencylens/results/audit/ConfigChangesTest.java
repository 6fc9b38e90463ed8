package dev.latencylens.results.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.latencylens.results.run.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigChangesTest {
  private static final Instant START = Instant.parse("2026-11-23T01:33:00Z");

  @Test
  void namesTheKeysThatDifferAndNoValue() throws IOException {
    assertThat(
            between(
                "{'load':{'streams':50,'users':2},'targets':[{'model':'a'},{'model':'b'}],'x':1}",
                "{'load':{'streams':60,'users':2},'targets':[{'model':'a'},{'model':'secret'}],"
                    + "'y':{'z':1}}"))
        .containsExactly("load.streams", "targets.1.model", "x", "y");
  }

  @Test
  void anEntryMoreOrOfAnotherKindIsNamedWhereItBegins() throws IOException {
    assertThat(between("{'targets':[{'a':1}]}", "{'targets':[{'a':1},{'a':2}]}"))
        .containsExactly("targets.1");
    assertThat(between("{'a':{'b':1}}", "{'a':[1]}")).containsExactly("a");
    assertThat(between("{'a':null}", "{}")).containsExactly("a");
    assertThat(between("[]", "{}")).containsExactly("(all)");
  }

  @Test
  void equalConfigurationsDifferInNothing() throws IOException {
    assertThat(between("{'b':2,'a':1}", "{'a':1,'b':2}")).isEmpty();
  }

  @Test
  void theLastRunOfTheSameNameIsFoundAmongBrokenSiblings(@TempDir Path above) throws IOException {
    RunDirectory run = run(above.resolve("d"), "nightly", START);
    run(above.resolve("a"), "nightly", START.minusSeconds(200));
    run(above.resolve("b"), "nightly", START.minusSeconds(100));
    run(above.resolve("c"), "other", START.minusSeconds(50));
    run(above.resolve("later"), "nightly", START.plusSeconds(50));
    run(above.resolve("broken"), "nightly", START.minusSeconds(10));
    Files.writeString(above.resolve("broken/manifest.json"), "{\"schema_version\":1,");
    Files.createDirectory(above.resolve("empty"));
    Files.writeString(above.resolve("audit-heads.jsonl"), "not a directory");

    assertThat(LastRun.before(run).map(LastRun::directory).map(Path::getFileName))
        .contains(Path.of("b"));
    assertThat(LastRun.before(RunDirectory.open(above.resolve("c")))).isEmpty();
  }

  private static RunDirectory run(Path path, String name, Instant started) throws IOException {
    RunDirectory run = RunDirectory.create(path);
    run.writeManifest(AuditedRun.manifest(name, started));
    return run;
  }

  private static List<String> between(String before, String after) throws IOException {
    return ConfigChanges.between(tree(before), tree(after));
  }

  private static JsonNode tree(String text) throws IOException {
    return new ObjectMapper().readTree(text.replace('\'', '"'));
  }
}
