package dev.latencylens.harness.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ConfigurationProblemsTest {
  private final Path directory;
  private final ConfigurationFile file;

  ConfigurationProblemsTest(@TempDir final Path directory) {
    this.directory = directory;
    file = new ConfigurationFile(directory);
  }

  @Test
  void allProblemsAreReportedAtOnceInTheOrderOfTheFile() {
    final ConfigurationException refusal =
        file.refusal(
            """
            targets:
              - provider: opnai
                modell: gpt
              - provider: google
                model: [a, b]
                base_url: ftp://example.com
            load: { streams: 0, concurency: 3 }
            deadlines:
              idle: 5
            http2: on
            """);

    assertThat(refusal.getMessage().lines().map(line -> line.replace(file.path() + ":", "")))
        .containsExactly(
            "2:5: the key \"model\" is missing",
            "2:15: provider is unknown: \"opnai\": did you mean \"openai\"?",
            "3:5: unknown key \"modell\": did you mean \"model\"?",
            "5:12: model must be text of 1 to 200 printable characters, but is a list",
            "6:15: base_url must begin with https://",
            "7:18: streams must be a whole number from 1 to 1000000, but is \"0\"",
            "7:21: unknown key \"concurency\": did you mean \"concurrency\"?",
            "9:9: idle must be a duration such as 5s, 500ms or 2m, from 1ms to 24h, but is \"5\"",
            "10:8: http2 must be one of exclusive, multiplexed, off, but is \"on\"");
    assertThat(refusal.problems()).hasSize(9);
  }

  static Stream<Arguments> oneProblem() {
    return Stream.of(
        arguments("targets: []", "1:10: targets must have from 1 to 1000 entries"),
        arguments("targets:", "1:9: targets must be a list of 1 to 1000 entries"),
        arguments("rounds: 1", "1:1: the key \"targets\" is missing"),
        arguments("- 1", "1:1: the file must be a mapping with the keys name, targets,"),
        arguments("", "0:0: the file is empty: it needs at least targets"),
        arguments("# only a comment\n", "0:0: the file is empty: it needs at least targets"),
        arguments("~", "1:1: the file must be a mapping"),
        arguments(
            "%s---\na: 1\n",
            "4:1: expected a single document in the stream, but found another document"),
        arguments("%srounds: 2\nrounds: 3\n", "5:1: the key \"rounds\" stands here a second time"),
        arguments("%srounds: [\n", "5:1:"),
        arguments("%s\tx: 1\n", "4:1:"),
        arguments("%s? [a]\n: 1\n", "4:3: a key must be a word"),
        arguments(
            "%sconcurrency: 3\n", "4:1: unknown key \"concurrency\": it belongs under \"load\""),
        arguments("%sbase_url: x\n", "4:1: unknown key \"base_url\": it belongs under \"targets\""),
        arguments("%sload: { rounds: 3 }\n", "\"rounds\": it belongs under \"the top level\""),
        arguments("%szzzzzz: 3\n", "4:1: unknown key \"zzzzzz\"; known here are name, targets,"),
        arguments("%smax-stream-bytes: 1MiB\n", "did you mean \"max_stream_bytes\"?"),
        arguments("%sRounds: 1\n", "did you mean \"rounds\"?"),
        arguments("%sname: a/b\n", "4:7: name must be 1 to 64 letters, digits, dots,"),
        arguments("%sname: ../x\n", "4:7: name must be"),
        arguments(
            "%scomparison: { pairs: [{ baseline: openai/gpt-4o-mini, candidate: nobody }] }\n",
            "comparison names no target of this file: \"nobody\""),
        arguments(
            "%scomparison: { metrics: [ttft, ttft] }\n", "4:24: metrics names one of them twice"),
        arguments(
            "%scomparison: { metrics: [speed] }\n",
            "each of metrics must be one of ttft, ttfat, gap, tpot, e2e, response_ttft,"
                + " response_e2e"),
        arguments(
            "%scomparison: { margins: { p50: 0 } }\n", "p50 must be a number from 0.001 to 10"),
        arguments("%srounds: 0\n", "4:9: rounds must be a whole number from 1 to 10000"),
        arguments("%srounds: \"2\"\n", "4:9: rounds must be a whole number"),
        arguments("%srounds: 2.0\n", "4:9: rounds must be a whole number"),
        arguments("%srounds: 0x2\n", "4:9: rounds must be a whole number"),
        arguments("%sseed: 9223372036854775808\n", "4:7: seed must be a whole number of at most"),
        arguments("%sworkload: { prompt: 12 }\n", "(text needs quotes here)"),
        arguments("%sworkload: { prompt: \" \" }\n", "4:21: prompt must be text that is not blank"),
        arguments("%sworkload: { prompt: }\n", "prompt must be text that is not blank"),
        arguments("%sworkload: { prompt: !x y }\n", "prompt must be text that is not blank"),
        arguments("%sworkload: { max_output_tokens: 0 }\n", "max_output_tokens must be a whole"),
        arguments("%sload: { streams: 1000001 }\n", "streams must be a whole number from 1"),
        arguments(
            "%sload: { streams: 9000, concurrency: 2001 }\n",
            "4:37: concurrency must be a whole number from 1 to 2000"),
        arguments(
            "%sload: { streams: 5, concurrency: 6 }\n",
            "4:34: concurrency must not be above streams, which is 5"),
        arguments(
            "%sload:\n",
            "4:6: load must be a mapping with the keys arrivals, streams, concurrency"),
        arguments("%slimits: { burst: 3 }\n", "burst has no effect without requests_per_second"),
        arguments(
            "%slimits: { requests_per_second: 0 }\n",
            "requests_per_second must be a number from 0.001 to 1000000, but is \"0\""),
        arguments("%slimits: { requests_per_second: .inf }\n", "requests_per_second must be"),
        arguments("%slimits: { requests_per_second: .nan }\n", "requests_per_second must be"),
        arguments("%slimits: { requests_per_second: 1, burst: 0 }\n", "burst must be a whole"),
        arguments("%sreuse: false\n", "4:1: unknown key \"reuse\": it belongs under"),
        arguments("%sconnections: { pool_size: 0 }\n", "pool_size must be a whole number from 1"),
        arguments("%sconnections: { pool_idle_timeout: 9ms }\n", "from 100ms to 24h"),
        arguments(
            "%shttp2: multiplexed\nconnections: { reuse: false }\n",
            "4:8: with http2: multiplexed streams share connections, and with reuse: false"),
        arguments("%sdeadlines: { idle: 0s }\n", "idle must be a duration"),
        arguments("%sdeadlines: { idle: 0.1ms }\n", "idle must be a duration"),
        arguments("%sdeadlines: { total: 25h }\n", "total must be a duration"),
        arguments("%sdeadlines: { total: 5d }\n", "total must be a duration"),
        arguments("%sdeadlines: { total: -5s }\n", "total must be a duration"),
        arguments("%smax_stream_bytes: 64MB\n", "max_stream_bytes must be a size such as 64MiB"),
        arguments("%smax_stream_bytes: 2GiB\n", "max_stream_bytes must be a size"),
        arguments("%smax_stream_bytes: 65536\n", "max_stream_bytes must be a size"),
        arguments(
            "%s  - { provider: openai, model: gpt-4o-mini }\n",
            "4:5: this target is called \"openai/gpt-4o-mini\" like the one in line 2"),
        arguments("%s    name: \"a\\tb\"\n", "4:11: name must be text of 1 to 200 printable"),
        arguments("%s    name: \"a\\u202Eb\"\n", "4:11: name must be text of 1 to 200 printable"),
        arguments(
            "%s    verify_ssl: false\n",
            "4:17: verify_ssl can't be turned off: name the server's certificate authority as"
                + " ca_bundle instead"),
        arguments("%s    verify_ssl: 0\n", "4:17: verify_ssl must be true, but is \"0\""),
        arguments("%s    ca_bundle: gone.pem\n", "4:16: ca_bundle names a file that is not there"),
        arguments("%s    ca_bundle: .\n", "4:16: ca_bundle names a file that is not there"),
        arguments("%s    ca_bundle: \"\\0\"\n", "4:16: ca_bundle is not a path"));
  }

  @ParameterizedTest
  @MethodSource("oneProblem")
  void eachProblemIsNamedWithItsPlace(final String yaml, final String expected) {
    assertThat(file.problems(yaml.replace("%s", ConfigurationFile.TARGETS)))
        .singleElement()
        .asString()
        .contains(expected)
        .doesNotContain("\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://api.example.com",
        "https://api.example.com:8443/a/b/",
        "https://[2001:db8::1]/v1",
        "http://localhost:1",
        "http://LOCALHOST",
        "http://127.0.0.1:65535/v1",
        "http://127.255.0.9",
        "http://[::1]:8080",
        "http://[0:0:0:0:0:0:0:1]"
      })
  void endpointsThatMayBeAsked(final String url) throws Exception {
    assertThat(file.load(withUrl(url)).targets().get(0).baseUrl())
        .get()
        .asString()
        .isEqualToIgnoringCase(url.replaceAll("/$", ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://api.example.com",
        "http://127.0.0.1.example.com",
        "http://127.0.0.256",
        "http://128.0.0.1",
        "http://[::2]",
        "http://localhost.example.com",
        "ftp://localhost",
        "//localhost",
        "localhost:8080",
        "https://",
        "https:///v1",
        "https://a b",
        "https://host:99999",
        "https://user:hunter2@api.example.com",
        "https://user@api.example.com",
        "https://a_b:hunter2@under_score",
        "https://api.example.com?key=hunter2",
        "https://api.example.com/#hunter2",
        "''"
      })
  void endpointsThatMayNotBeAskedAndAreNotRepeated(final String url) {
    assertThat(file.problems(withUrl(url)))
        .singleElement()
        .asString()
        .startsWith("4:15: base_url ")
        .containsAnyOf("https://", "user name or password", "no query and no fragment")
        .doesNotContain("hunter2")
        .doesNotContain("user@");
  }

  private static String withUrl(final String url) {
    return ConfigurationFile.TARGETS + "    base_url: " + url + "\n";
  }

  @Test
  void bundleNeedsACertificate() throws Exception {
    final String yaml = ConfigurationFile.TARGETS + "    ca_bundle: ca.pem\n";
    final Path bundle = directory.resolve("ca.pem");

    Files.writeString(bundle, "no certificate");
    assertThat(file.problems(yaml)).singleElement().asString().contains("without a certificate");
    Files.writeString(bundle, ConfigurationFile.PEM.replace("MII", "XXX"));
    assertThat(file.problems(yaml)).singleElement().asString().contains("without a certificate");
    Files.writeString(bundle, "# our own\n" + ConfigurationFile.PEM + ConfigurationFile.PEM);
    assertThat(file.load(yaml).targets().get(0).network().caBundle())
        .contains(bundle.toAbsolutePath());
  }

  @Test
  void oversizedPromptIsRefusedAndNotRepeated() {
    final String prompt = "x".repeat((1 << 20) + 1);

    assertThat(
            file.problems(ConfigurationFile.TARGETS + "workload: { prompt: \"" + prompt + "\" }"))
        .containsExactly(
            "4:21: prompt must be text that is not blank, of at most 1MiB in UTF-8, but is (not"
                + " shown)");
  }

  @Test
  void oversizedFileIsRefused() {
    assertThat(file.problems(ConfigurationFile.TARGETS + "#" + "x".repeat(4 << 20)))
        .containsExactly("0:0: the file is larger than 4MiB");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{a: ", "- "})
  void deepNestingIsRefusedAndOverflowsNothing(final String opening) {
    assertThat(file.problems("targets: \n " + opening.repeat(100_000)))
        .singleElement()
        .asString()
        .contains("nested more than 16 levels deep");
  }

  @Test
  void aliasesAreBounded() {
    final StringBuilder bomb = new StringBuilder("a: &a [x, x]\n");
    for (char name = 'b'; name <= 'z'; name++) {
      final char previous = (char) (name - 1);
      bomb.append(name).append(": &").append(name).append(" [*");
      bomb.append(previous).append(", *").append(previous).append("]\n");
    }

    assertThat(file.problems(bomb.toString())).singleElement().asString().contains("aliases");
  }

  @Test
  void targetThatHoldsItselfIsRefused() {
    assertThat(file.problems("targets: &t [*t]")).isNotEmpty();
    assertThat(file.problems("&t targets: [ { provider: *t, model: *u } ]")).isNotEmpty();
  }

  @Test
  void filesThatCannotBeReadAreRefusedInAClearLine() throws Exception {
    assertThat(file.refusal()).hasMessage(file.path() + ": there is no such file");

    Files.createDirectory(file.path());
    assertThat(file.refusal()).hasMessage(file.path() + ": this is a directory, not a file");
    Files.delete(file.path());

    Files.write(file.path(), "name: a\nprompt: \u00e9".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(file.refusal()).hasMessage(file.path() + ":2:1: the file is not in UTF-8");

    Files.write(file.path(), new byte[] {'a', ':', ' ', (byte) 0xc3});
    assertThat(file.refusal()).hasMessage(file.path() + ":1:1: the file is not in UTF-8");

    assertThat(file.refusal("name: \u0000"))
        .hasMessageContaining("a character that YAML does not allow: U+0000");
  }

  @Test
  void anyPrefixAndAnySmallDamageIsReadOrRefusedButNeverThrowsAnythingElse() throws Exception {
    final String whole =
        ConfigurationFile.TARGETS
            + "    key: { env: A }\nload: { streams: 5 }\ndeadlines: { idle: 1s }\n";
    final String damage = "\"'{}[]:&*!|>%@`#-?,\t\n~\u0000\u00a0";
    for (int at = 0; at <= whole.length(); at++) {
      readOrRefuse(whole.substring(0, at));
      for (int i = 0; i < damage.length(); i++) {
        readOrRefuse(whole.substring(0, at) + damage.charAt(i) + whole.substring(at));
      }
    }
  }

  private void readOrRefuse(final String yaml) throws Exception {
    try {
      assertThat(file.load(yaml).targets()).isNotEmpty();
    } catch (final ConfigurationException refused) {
      assertThat(refused.problems()).isNotEmpty();
    }
  }
}
