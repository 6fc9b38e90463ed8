package dev.latencylens.harness.provider.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.latencylens.harness.provider.Credentials;
import dev.latencylens.harness.provider.Keys;
import dev.latencylens.harness.provider.OptionException;
import dev.latencylens.harness.provider.TargetOption;
import dev.latencylens.harness.provider.TargetOptions;
import dev.latencylens.harness.provider.WireRequest;
import dev.latencylens.harness.provider.openai.Options;
import dev.latencylens.harness.secret.Secret;
import dev.latencylens.harness.stream.StreamRequest;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AzureOpenAiProviderTest {
  private static final StreamRequest REQUEST = StreamRequest.of("r", "gpt 4/o", "Hi", 5);

  private final AzureOpenAiProvider provider = new AzureOpenAiProvider();

  private static TargetOptions options(final String words) {
    return words.isBlank() ? TargetOptions.NONE : Options.of(words.split("[= ]", -1));
  }

  @ParameterizedTest
  @CsvSource({
    "'', /openai/v1/chat/completions",
    "api=responses, /openai/v1/responses",
    "api_version=preview, /openai/v1/chat/completions?api-version=preview",
    "api=responses api_version=v1, /openai/v1/responses?api-version=v1",
    "api_version=2024-10-21,"
        + " /openai/deployments/gpt%204%2Fo/chat/completions?api-version=2024-10-21",
    "api_version=2024-10-21 deployment=mine,"
        + " /openai/deployments/mine/chat/completions?api-version=2024-10-21",
    "api=responses api_version=2025-04-01-preview,"
        + " /openai/responses?api-version=2025-04-01-preview",
  })
  void theAddressFollowsTheVersionAndTheApi(final String words, final String path)
      throws Exception {
    for (final String end : List.of("", "/openai", "/openai/v1")) {
      final WireRequest wire =
          provider
              .api(options(words))
              .encode(URI.create("https://name.openai.azure.com" + end), REQUEST);

      assertThat(wire.uri()).hasToString("https://name.openai.azure.com" + path);
      final JsonNode body = new JsonMapper().readTree(wire.body());
      assertThat(body.path("model").asText())
          .isEqualTo(words.contains("mine") ? "mine" : "gpt 4/o");
    }
  }

  @Test
  void eachCustomerHasAnEndpointOfTheirOwn() throws OptionException {
    assertThat(provider.api(TargetOptions.NONE).defaultBaseUrl()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'', https://ai.azure.com/.default",
    "api_version=preview, https://ai.azure.com/.default",
    "api_version=2024-10-21, https://cognitiveservices.azure.com/.default",
    "scope=https://cognitiveservices.azure.us/.default,"
        + " https://cognitiveservices.azure.us/.default",
  })
  void theScopeOfATokenFollowsTheVersion(final String words, final String scope) {
    assertThat(AzureOpenAiProvider.scope(options(words))).isEqualTo(scope);
  }

  @Test
  void aScopeWithoutEntraIsAContradiction() throws OptionException {
    assertThatThrownBy(() -> provider.api(options("scope=https://ai.azure.com/.default")))
        .isInstanceOfSatisfying(
            OptionException.class, e -> assertThat(e.option()).isEqualTo("scope"))
        .hasMessageContaining("auth: entra");
    assertThat(provider.api(options("auth=entra scope=https://ai.azure.com/.default"))).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"2024-10-21", "2025-04-01-preview", "preview", "latest", "v1", "2024-10", "x&y=1"})
  void aVersionIsADateOrAKnownWord(final String version) {
    final boolean allowed =
        provider.options().stream()
            .filter(option -> option.name().equals("api_version"))
            .map(TargetOption::form)
            .map(TargetOption.Form.Text.class::cast)
            .allMatch(form -> form.allowed().matcher(version).matches());

    assertThat(allowed).isEqualTo(!version.equals("2024-10") && !version.contains("&"));
  }

  @Test
  void theSimulatorGetsAMadeUpTokenAndNoIdentityIsLookedFor() throws Exception {
    final Map<String, String> headers = new HashMap<>();
    final Keys madeUp =
        new Keys() {
          @Override
          public Secret read(final String ownVariable) {
            return Secret.of("made-up");
          }

          @Override
          public boolean named() {
            return false;
          }

          @Override
          public boolean has(final String variable) {
            return false;
          }

          @Override
          public boolean madeUp() {
            return true;
          }
        };
    try (Credentials credentials = provider.credentials(options("auth=entra"), madeUp)) {
      credentials.authenticate(
          new WireRequest(URI.create("https://127.0.0.1"), List.of(), new byte[0]), headers::put);
    }

    assertThat(headers).containsExactly(Map.entry("Authorization", "Bearer made-up"));
  }
}
