package dev.latencylens.harness.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.harness.provider.ChatDialect;
import dev.latencylens.harness.provider.TargetOptions;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A user's own dialects. */
final class DialectFileTest {
  private static final String NAMED =
      """
      targets: [{ provider: my-gateway, model: m }]
      dialects: mine.yaml
      keys: { my-gateway: { env: GATEWAY } }
      """;
  private static final String LEAST =
      "dialects: [{ id: my-gateway, base_url: 'https://llm.example.com/v1' }]\n";

  private final Path directory;
  private final ConfigurationFile file;

  DialectFileTest(@TempDir final Path directory) {
    this.directory = directory;
    file = new ConfigurationFile(directory);
  }

  private Configuration load(final String dialects) throws Exception {
    Files.writeString(directory.resolve("mine.yaml"), dialects);
    return file.load(NAMED);
  }

  @Test
  void anEntryIsAProviderWhereverItsFileIsNamed() throws Exception {
    final Configuration configuration = load(LEAST);

    assertThat(configuration.targets()).extracting(Target::provider).containsExactly("my-gateway");
    assertThat(configuration.providers().get("my-gateway").api(TargetOptions.NONE).defaultBaseUrl())
        .contains(URI.create("https://llm.example.com/v1"));
    assertThat(configuration.providers().ids()).contains("openai", "vllm");
    assertThat(configuration.redacted()).containsEntry("dialects", "mine.yaml");
  }

  @Test
  void everyKeyIsReadToWhatItSays() throws Exception {
    final ChatDialect whole =
        load("""
                dialects:
                  - id: my-gateway
                    base_url: http://127.0.0.1:9/v1/
                    key_variable: MY_KEY
                    usage: x_groq
                    reasoning: [reasoning, content_parts]
                    stream_options: false
                    max_tokens: max_completion_tokens
                    keep_alives: true
                    several_deltas: true
                    exact_output: min_tokens
                    reference: https://example.com/docs
                    checked: 2026-11-23
                """)
            .ownDialects()
            .get(0);

    assertThat(whole.toString())
        .isEqualTo(
            "ChatDialect[id=my-gateway, baseUrl=http://127.0.0.1:9/v1,"
                + " keyVariable=Optional[MY_KEY], usage=X_GROQ, reasoning=[REASONING,"
                + " CONTENT_PARTS], streamOptions=false, maxTokens=MAX_COMPLETION_TOKENS,"
                + " keepAlives=true, severalDeltas=true, exactOutput=[MIN_TOKENS],"
                + " reference=Optional[https://example.com/docs], checked=Optional[2026-11-23]]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "id: vllm|mine.yaml:2:9: id \"vllm\" is a provider that comes with the suite",
        "id: openai|mine.yaml:2:9: id \"openai\" is a provider that comes with the suite",
        "id: My Gateway|mine.yaml:2:9: id must be 1 to 32 lower-case letters",
        "id: a\\n    usage: nowhere|mine.yaml:3:12: usage must be one of own_chunk, finish_chunk",
        "id: a\\n    reasoning: think|mine.yaml:3:16: reasoning must be one of reasoning,",
        "id: a\\n    kepp_alives: true|unknown key \"kepp_alives\"",
        "id: a\\n    key_variable: sk-0123456789abcdef|mine.yaml:3:19: ",
        "id: a\\n    base_url: http://llm.example.com|mine.yaml:3:15: base_url ",
        "id: a\\n    base_url: 'https://b.example.com'\\n  - id: a|a second entry has the id \"a\"",
      })
  void whatIsWrongIsToldWithItsPlace(final String entry, final String message) throws Exception {
    final String lines = entry.replace("\\n", "\n");
    Files.writeString(
        directory.resolve("mine.yaml"),
        "dialects:\n  - "
            + lines
            + (lines.contains("base_url: http:") ? "" : "\n    base_url: 'https://llm.example.com'")
            + "\n");

    assertThat(String.join("\n", file.problems(NAMED)))
        .contains("dialects names a file of dialects that can't be used")
        .contains(message)
        .doesNotContain("sk-0123456789abcdef");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertThat(String.join("\n", file.problems(NAMED))).contains("there is no such file");
  }
}
