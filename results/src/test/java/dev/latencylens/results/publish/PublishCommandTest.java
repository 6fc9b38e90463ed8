package dev.latencylens.results.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latencylens.results.CleanRun;
import dev.latencylens.results.Golden;
import dev.latencylens.results.SampleRun;
import dev.latencylens.results.audit.AuditVerification;
import dev.latencylens.results.care.CareLog;
import dev.latencylens.results.care.FileTree;
import dev.latencylens.results.care.RunAtRest;
import dev.latencylens.results.history.Checksums;
import dev.latencylens.results.history.ReleaseIndex;
import dev.latencylens.results.report.ReportCommand;
import dev.latencylens.results.run.RunDirectory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublishCommandTest {
  private static final Instant STARTED = Instant.parse("2026-11-23T01:33:00Z");

  private final Path directory;
  private final Path published;
  private final RunDirectory run;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Locale locale = Locale.getDefault();

  PublishCommandTest(@TempDir Path directory) throws IOException {
    this.directory = directory;
    published = directory.resolve("published");
    run = CleanRun.create(directory.resolve("run"), STARTED, 200);
  }

  @AfterEach
  void restoreLocale() {
    Locale.setDefault(locale);
  }

  @ParameterizedTest
  @ValueSource(strings = {"en-US", "tr-TR", "ar-EG-u-nu-arab"})
  void aCopyHoldsTheTablesTheHistogramsAndTheirChecksums(String language) throws IOException {
    Locale.setDefault(Locale.forLanguageTag(language));

    assertThat(publish("--as", "0.2.0")).isZero();

    assertThat(err.toString(UTF_8)).isEmpty();
    assertThat(out.toString(UTF_8).lines())
        .containsExactly(
            published.resolve("0.2.0").toString(), published.resolve("README.md").toString());
    assertThat(files())
        .containsExactly(
            "0.2.0/SHA256SUMS",
            "0.2.0/histograms/c001/0001.hlog",
            "0.2.0/histograms/c001/0003.hlog",
            "0.2.0/histograms/c002/0002.hlog",
            "0.2.0/histograms/c002/0004.hlog",
            "0.2.0/manifest.json",
            "0.2.0/metrics.csv",
            "0.2.0/results.json",
            "0.2.0/summary.csv",
            "0.2.0/summary.md",
            "README.md");
    Golden.check("published-manifest.json.golden", read("0.2.0/manifest.json"));
    Golden.check("published-summary.csv.golden", read("0.2.0/summary.csv"));
    Golden.check("published-summary.md.golden", read("0.2.0/summary.md"));
    Golden.check("published-results.json.golden", read("0.2.0/results.json"));
    Golden.check("published-readme.md.golden", read("README.md"));
    assertThat(published.resolve("0.2.0/histograms/c002/0004.hlog"))
        .hasSameBinaryContentAs(run.path().resolve("histograms/c002/0004.hlog"));
    assertThat(read("0.2.0/SHA256SUMS")).isEqualTo(Checksums.of(published.resolve("0.2.0")));
    Checksums.verify(published.resolve("0.2.0"));
  }

  @Test
  void usersTheMachineAddressesKeysAndPathsStayOut() throws IOException {
    CleanRun.edit(
        run,
        json -> {
          ObjectNode configuration = (ObjectNode) json.get("configuration");
          configuration
              .withArray("targets")
              .addObject()
              .put("name", "openai")
              .put("model", "gpt of jane.doe@example.org")
              .put("base_url", "https://secret-host.example.org/v1")
              .put("user_id", "john-1");
          configuration.putObject("keys").put("openai", "TEAM_KEY");
          configuration.putObject("workload").put("prompt", "what nobody may read");
          configuration.putObject("load").put("arrivals", "closed").put("streams", 100);
          ((ObjectNode) json.get("cells").get(0)).put("subject", "jane.doe@example.org");
          ((ObjectNode) json.get("cells").get(0)).put("target", "john-1");
          json.withArray("notes")
              .add("Asked through the proxy proxy.corp.example:3128, jane.doe@example.org said.");
          ((ObjectNode) json.get("jvm")).putArray("flags").add("-Xlog:gc:file=/home/jane/gc.log");
          json.put("name", "box.corp.example tries");
          json.put("keep_days", 3);
        });

    assertThat(publish(List.of("box.corp.example"), "--as", "0.2.0")).isZero();

    for (String file : files()) {
      assertThat(read(file))
          .as(file)
          .doesNotContain(
              "jane",
              "john-1",
              "box",
              "secret-host",
              "proxy.corp",
              "3128",
              "TEAM_KEY",
              "nobody",
              "keep_days");
    }
    assertThat(read("0.2.0/manifest.json"))
        .contains(
            "\"name\" : \"host tries\"",
            "\"model\" : \"gpt of user\"",
            "\"machine\" : \"host\"",
            "\"target\" : \"user\"",
            "Asked through the proxy host, user said.",
            "-Xlog:gc:file=path",
            "\"streams\" : 100");
    assertThat(read("0.2.0/summary.csv")).contains("StreamBenchmark,user,openai,gpt,");
  }

  @Test
  void aUsersIdThatCanNotBeTakenOutIsNotPublished() throws IOException {
    CleanRun.edit(
        run, json -> ((ObjectNode) json.get("cells").get(0)).put("subject", "httpclient5"));

    assertThat(publish("--as", "0.2.0")).isEqualTo(2);

    assertThat(err.toString(UTF_8))
        .isEqualTo(
            String.format(
                "publish: manifest.json would still hold the id of a user as a word; nothing was"
                    + " published%n"));
    assertThat(files()).isEmpty();
  }

  @Test
  void whatSpeaksAgainstARunIsToldAndNothingIsWritten() throws IOException {
    spoil();

    assertThat(publish("--as", "0.2.0")).isEqualTo(2);

    assertThat(err.toString(UTF_8).lines())
        .containsExactly(
            "publish: it was built from a work tree with uncommitted changes",
            "publish: it never finished",
            "publish: round 2 (c002) failed",
            "publish: 1 of 4 planned rounds are missing",
            "publish: no stream of c002 (anthropic claude) is complete",
            "publish: something can't be used: streams.jsonl: left out 100 lines of round 2, which is"
                + " not finished",
            "publish: something can't be used: streams.jsonl: left out 100 lines of round 4, which is"
                + " not finished",
            "publish: nothing was published; mend that, or use --force, which the table will then"
                + " say");
    assertThat(out.toString(UTF_8)).isEmpty();
    assertThat(published).doesNotExist();
  }

  @Test
  void forceIsToldInTheManifestTheTablesAndTheIndex() throws IOException {
    spoil();

    assertThat(publish("--as", "0.2.0", "--force")).isZero();

    String said =
        "dirty tree, unfinished run, failed round 2, 1 of 4 rounds missing, failed cell c002, data"
            + " left out";
    assertThat(read("0.2.0/manifest.json")).contains("\"Published with --force: " + said + "\"");
    assertThat(read("0.2.0/summary.md")).contains("- Published with --force: " + said);
    assertThat(read("README.md")).contains("| simulated; forced: " + said + " |");
    assertThat(err.toString(UTF_8).lines())
        .hasSize(7)
        .first()
        .isEqualTo(
            "publish: overridden with --force: it was built from a work tree with uncommitted"
                + " changes");
  }

  @Test
  void aLateFirstTokenIsRefused() throws IOException {
    RunDirectory late = CleanRun.create(directory.resolve("late"), STARTED, 0.2);

    assertThat(
            PublishCommand.run(
                print(out), print(err), CareLog.NONE, List.of(), arguments(late, "--as", "1")))
        .isZero();
    late.writeHistograms("c001", 1, SampleRun.histograms(2000, 10, 50));
    assertThat(
            PublishCommand.run(
                print(out), print(err), CareLog.NONE, List.of(), arguments(late, "--as", "2")))
        .isEqualTo(2);
    assertThat(err.toString(UTF_8))
        .startsWith("publish: the client read late: ttft p50 of c001 (openai gpt) is marked");
  }

  @Test
  void aRunOfAnUnknownSourceIsRefused() throws IOException {
    CleanRun.edit(run, json -> json.remove("git"));

    assertThat(publish("--as", "0.2.0")).isEqualTo(2);

    assertThat(err.toString(UTF_8))
        .startsWith("publish: the manifest does not say which commit was built");
  }

  @Test
  void damagedHistogramsAreRefusedAndNeverHandedOn() throws IOException {
    Files.writeString(run.path().resolve("histograms/c001/0001.hlog"), "key: sk-12345");

    assertThat(publish("--as", "0.2.0")).isEqualTo(2);
    assertThat(err.toString(UTF_8))
        .startsWith("publish: something can't be used: histograms/c001/0001.hlog is damaged");
    assertThat(publish("--as", "0.2.0", "--force")).isZero();

    assertThat(files()).doesNotContain("0.2.0/histograms/c001/0001.hlog");
    assertThat(read("README.md")).contains("forced: data left out");
  }

  @Test
  void aReleaseIsReplacedOnlyWithForce() throws IOException {
    assertThat(publish("--as", "0.2.0")).isZero();
    Path mark = Files.writeString(published.resolve("0.2.0/mark"), "mine");

    assertThat(publish("--as", "0.2.0")).isEqualTo(2);
    assertThat(err.toString(UTF_8))
        .startsWith(
            "publish: " + published.resolve("0.2.0") + " is there already; choose another name");
    assertThat(mark).exists();

    assertThat(publish("--as", "0.2.0", "--force")).isZero();
    assertThat(mark).doesNotExist();
    assertThat(read("README.md")).contains("forced: replaces an earlier copy");
    assertThat(hidden()).isEmpty();
  }

  @Test
  void theIndexHoldsAllReleasesTheNewestFirstAndLeavesTheRestAlone() throws IOException {
    Files.createDirectories(published);
    Files.writeString(
        published.resolve("README.md"),
        "Mine \u00e4\r\n" + ReleaseIndex.BEGIN + "\nold\n" + ReleaseIndex.END + "\nMine too");
    RunDirectory later =
        CleanRun.create(directory.resolve("later"), STARTED.plusSeconds(86_400), 210);
    assertThat(publish("--as", "b")).isZero();
    assertThat(
            PublishCommand.run(
                print(out), print(err), CareLog.NONE, List.of(), arguments(later, "--as", "a")))
        .isZero();

    String index = read("README.md");
    assertThat(index)
        .startsWith("Mine \u00e4\r\n" + ReleaseIndex.BEGIN + "\n\n| release |")
        .endsWith("|\n\n" + ReleaseIndex.END + "\nMine too")
        .doesNotContain("old");
    assertThat(index.lines().filter(line -> line.startsWith("| a") || line.startsWith("| b")))
        .extracting(line -> line.substring(2, 3))
        .containsExactly("a", "a", "b", "b");
  }

  @Test
  void namesThatAReaderOfMarkdownWouldActOnDoNoHarmInTheIndex() throws IOException {
    RunDirectory hostile = SampleRun.create(directory.resolve("hostile"));

    assertThat(
            PublishCommand.run(
                print(out),
                print(err),
                CareLog.NONE,
                List.of(),
                arguments(hostile, "--as", "x", "--force")))
        .isZero();

    assertThat(read("README.md"))
        .contains("| openai =gone\\|\\`&lt;b&gt;\\\\u{202e}model, workload hello")
        .contains("forced: dirty tree, 1 of 8 rounds missing, failed cell c004 |");
  }

  @Test
  void anIndexWithoutItsMarksIsRefused() throws IOException {
    Files.createDirectories(published);
    Path index = Files.writeString(published.resolve("README.md"), "Mine");

    assertThat(publish("--as", "0.2.0")).isEqualTo(2);

    assertThat(err.toString(UTF_8))
        .isEqualTo(
            String.format(
                "publish: README.md of the releases lacks the line "
                    + "<!-- releases: scripts/publish writes this table --> that tells where the "
                    + "table begins; put it back, or remove the file to have it written anew%n"));
    assertThat(index).content().isEqualTo("Mine");
    assertThat(files()).containsExactly("README.md");
  }

  @Test
  void aDamagedEarlierReleaseIsRefused() throws IOException {
    publish("--as", "0.1.0");
    Files.writeString(published.resolve("0.1.0/summary.csv"), "x");

    assertThat(publish("--as", "0.2.0")).isEqualTo(2);

    assertThat(err.toString(UTF_8))
        .contains("0.1.0 is not as it was published: summary.csv was changed; restore it");
    assertThat(published.resolve("0.2.0")).doesNotExist();
    assertThat(publish("--as", "0.1.0", "--force")).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "..",
        ".x",
        "a/b",
        "a\\b",
        "",
        "x.",
        "con",
        "NUL.txt",
        "readme.md",
        "a b",
        "\u00e4"
      })
  void aReleaseHasASafeName(String name) {
    assertThat(publish("--as", name)).isEqualTo(2);

    assertThat(err.toString(UTF_8))
        .contains("a release is named by 1 to 64 letters, digits and . _ -");
    assertThat(published).doesNotExist();
  }

  @Test
  void whatIsNoFinishedRunIsRefusedInOneLine() throws IOException {
    Path link = Files.createSymbolicLink(directory.resolve("link"), run.path());
    assertThat(run(directory.toString(), "--as", "1")).isEqualTo(2);
    assertThat(run(link.toString(), "--as", "1")).isEqualTo(2);
    assertThat(run(run.path().toString())).isEqualTo(2);
    try (RunAtRest busy = RunAtRest.take(run.path())) {
      assertThat(busy.run().path()).isEqualTo(run.path());
      assertThat(publish("--as", "1")).isEqualTo(2);
    }
    Files.createSymbolicLink(run.path().resolve("x"), directory);
    assertThat(publish("--as", "1")).isEqualTo(2);
    Files.delete(run.path().resolve("x"));
    Files.writeString(run.path().resolve("manifest.json"), "{");
    assertThat(publish("--as", "1")).isEqualTo(2);

    assertThat(err.toString(UTF_8))
        .hasLineCount(6)
        .contains(
            "has no manifest.json",
            "link is a symbolic link",
            "Missing required option: '--as=RELEASE'",
            "is still running",
            "x is a symbolic link",
            "manifest.json is damaged");
    assertThat(published).doesNotExist();
  }

  @Test
  void nothingRemainsWhereTheDiskFails() throws IOException {
    // An index that can't be read, as it leads to a directory.
    Files.createDirectories(published);
    Files.createSymbolicLink(published.resolve("README.md"), directory);
    assertThat(publish("--as", "0.2.0")).isEqualTo(1);
    assertThat(err.toString(UTF_8))
        .startsWith("publish: nothing was published, as a file can't be read or written: ");
    assertThat(published).isDirectoryNotContaining("glob:**0.2.0*");
    assertThat(hidden()).isEmpty();

    // A directory that can't be made, as a file stands there.
    Path file = Files.writeString(directory.resolve("file"), "mine");
    assertThat(publish("--as", "0.2.0", "--published", file.resolve("x").toString())).isEqualTo(1);
    assertThat(file).content().isEqualTo("mine");
    assertThat(err.toString(UTF_8)).hasLineCount(2).doesNotContain("\tat ");
  }

  @Test
  void nothingRemainsInADirectoryThatIsReadOnly() throws IOException {
    assertThat(publish("--as", "0.1.0")).isZero();
    String index = read("README.md");
    assertThat(published.toFile().setWritable(false)).isTrue();
    try {
      // Root writes anywhere.
      assumeFalse(Files.isWritable(published));
      assertThat(publish("--as", "0.2.0")).isEqualTo(1);
    } finally {
      assertThat(published.toFile().setWritable(true)).isTrue();
    }
    assertThat(files()).noneMatch(file -> file.startsWith("0.2.0"));
    assertThat(read("README.md")).isEqualTo(index);
  }

  @Test
  void itIsAudited() throws IOException {
    assertThat(
            PublishCommand.run(
                print(out), print(err), CareLog.AUDITED, List.of(), arguments(run, "--as", "1")))
        .isZero();

    assertThat(AuditVerification.of(run.path()).intact()).isTrue();
    assertThat(Files.readAllLines(run.path().resolve("audit.jsonl")))
        .hasSize(2)
        .last()
        .asString()
        .contains(
            "\"event\":\"publish\",\"status\":\"checked\",\"streams\":400,\"cells\":2,\"files\":10,");
  }

  @Test
  void aPublicationThatCanNotBeAuditedIsTold() throws IOException {
    Files.delete(run.path().resolve("audit.jsonl"));

    assertThat(
            PublishCommand.run(
                print(out), print(err), CareLog.AUDITED, List.of(), arguments(run, "--as", "1")))
        .isEqualTo(1);

    assertThat(err.toString(UTF_8)).contains("the audit log does not hold this publication");
    assertThat(files()).contains("1/summary.csv");
  }

  @Test
  void aCopyIsNotReportedAsARun() throws IOException {
    publish("--as", "1");

    assertThat(ReportCommand.run(print(out), print(err), published.resolve("1").toString()))
        .isEqualTo(2);

    assertThat(err.toString(UTF_8)).contains("is a published copy without its streams");
    Checksums.verify(published.resolve("1"));
  }

  @Test
  void helpGoesToStandardOutput() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString(UTF_8)).contains("--force", "Exit status", "SHA256SUMS");
  }

  private void spoil() throws IOException {
    CleanRun.edit(
        run,
        json -> {
          ((ObjectNode) json.get("git")).put("dirty", true);
          json.remove("finished");
        });
    Files.createFile(run.path().resolve("run.lock"));
    CleanRun.edit(
        run.path().resolve("rounds/0002.json"),
        json -> json.put("status", "failed").put("message", "the fork ended"));
    Files.delete(run.path().resolve("rounds/0004.json"));
  }

  private int publish(String... arguments) {
    return publish(List.of(), arguments);
  }

  private int publish(List<String> hosts, String... arguments) {
    return PublishCommand.run(
        print(out), print(err), CareLog.NONE, hosts, arguments(run, arguments));
  }

  private int run(String... arguments) {
    return PublishCommand.run(print(out), print(err), CareLog.NONE, List.of(), arguments);
  }

  private String[] arguments(RunDirectory of, String... more) {
    List<String> all = new ArrayList<>(List.of(of.path().toString()));
    all.addAll(List.of(more));
    if (!all.contains("--published")) {
      all.addAll(List.of("--published", published.toString()));
    }
    return all.toArray(new String[0]);
  }

  private static PrintStream print(ByteArrayOutputStream to) {
    return new PrintStream(to, true, UTF_8);
  }

  private String read(String file) throws IOException {
    return Files.readString(published.resolve(file));
  }

  private List<String> files() throws IOException {
    if (!Files.exists(published)) {
      return List.of();
    }
    return FileTree.files(published).stream()
        .map(file -> published.relativize(file).toString())
        .filter(file -> !file.equals(".lock"))
        .toList();
  }

  private List<String> hidden() throws IOException {
    try (Stream<Path> content = Files.list(published)) {
      return content
          .map(path -> path.getFileName().toString())
          .filter(name -> name.startsWith(".") && !name.equals(".lock"))
          .toList();
    }
  }
}
