package dev.latencylens.harness.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.harness.provider.StreamApi;
import dev.latencylens.harness.provider.TargetOptions;
import dev.latencylens.harness.workload.RequestSequence;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers whose length is fixed. */
final class ExactOutputTest {
  private static final String EXACT = "workload: { output_tokens: exact, max_output_tokens: 33 }\n";

  private final ConfigurationFile file;

  ExactOutputTest(@TempDir final Path directory) {
    file = new ConfigurationFile(directory);
  }

  private static String target(final String provider) {
    return "targets: [{ provider: " + provider + ", model: m }]\n";
  }

  private static String body(final Configuration configuration) throws Exception {
    final Target target = configuration.targets().get(0);
    final StreamApi api = configuration.providers().get(target.provider()).api(TargetOptions.NONE);
    return new String(
        api.encode(
                api.defaultBaseUrl().orElseThrow(),
                RequestSequence.of(target, configuration.workload(), 1, 0).request("r", 1))
            .body(),
        UTF_8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "vllm|\"max_completion_tokens\":33,\"ignore_eos\":true,\"min_tokens\":33",
        "sglang|\"max_completion_tokens\":33,\"ignore_eos\":true,\"min_tokens\":33",
        "llamacpp|\"max_tokens\":33,\"ignore_eos\":true}",
      })
  void theFieldsThatTheServiceTakesAreSent(final String provider, final String fields)
      throws Exception {
    assertThat(body(file.load(target(provider) + EXACT))).contains(fields);
    assertThat(body(file.load(target(provider)))).doesNotContain("ignore_eos", "min_tokens");
    assertThat(body(file.load(target(provider) + EXACT.replace("exact", "at_most"))))
        .doesNotContain("ignore_eos", "min_tokens");
  }

  @ParameterizedTest
  @CsvSource({"openai", "mistral", "anthropic"})
  void aTargetThatTakesNeitherFieldIsRefused(final String provider) {
    assertThat(file.problems(target(provider) + EXACT))
        .containsExactly(
            "2:28: output_tokens: exact needs ignore_eos or min_tokens, and the provider "
                + provider
                + " of target \""
                + provider
                + "/m\" takes neither; these do: llamacpp, sglang, vllm");
  }

  @Test
  void theManifestSaysSo() throws Exception {
    assertThat(file.load(target("vllm") + EXACT).redacted().toString())
        .contains("output_tokens=exact");
  }

  @Test
  void theExampleForAServerOfOnesOwnFixesItsLengths() throws Exception {
    final Path example =
        Path.of(System.getProperty("basedir", ""), "examples", "local-server.yaml");

    assertThat(body(ConfigurationReader.read(example, ConfigurationFile.PROVIDERS)))
        .contains("\"max_completion_tokens\":100,\"ignore_eos\":true,\"min_tokens\":100");
  }
}
