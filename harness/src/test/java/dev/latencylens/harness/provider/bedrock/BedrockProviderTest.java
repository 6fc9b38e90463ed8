package dev.latencylens.harness.provider.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.latencylens.harness.provider.Credentials;
import dev.latencylens.harness.provider.HeaderKey;
import dev.latencylens.harness.provider.Keys;
import dev.latencylens.harness.provider.OptionException;
import dev.latencylens.harness.provider.StreamApi;
import dev.latencylens.harness.provider.TargetOption;
import dev.latencylens.harness.provider.TargetOptions;
import dev.latencylens.harness.provider.WireRequest;
import dev.latencylens.harness.secret.Secret;
import dev.latencylens.harness.stream.StreamRequest;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class BedrockProviderTest {
  private final BedrockProvider provider = new BedrockProvider();

  private record Having(boolean named, boolean variable) implements Keys {
    @Override
    public Secret read(final String ownVariable) {
      assertThat(ownVariable).isEqualTo("AWS_BEARER_TOKEN_BEDROCK");
      return Secret.of("some-bedrock-api-key");
    }

    @Override
    public boolean has(final String name) {
      return variable && name.equals("AWS_BEARER_TOKEN_BEDROCK");
    }

    @Override
    public boolean madeUp() {
      return false;
    }
  }

  private static TargetOptions options(final String... pairs) {
    final Map<String, JsonNode> values = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      values.put(pairs[i], new TextNode(pairs[i + 1]));
    }
    return new TargetOptions(values);
  }

  private Class<?> kind(final String auth, final boolean named, final boolean variable)
      throws Exception {
    final TargetOptions options =
        auth.isEmpty()
            ? options("region", "eu-west-3")
            : options("region", "eu-west-3", "auth", auth);
    try (Credentials credentials = provider.credentials(options, new Having(named, variable))) {
      return credentials.getClass();
    }
  }

  @Test
  void asksWithAnApiKeyWhereOneIsKnownAndSignsOtherwise() throws Exception {
    for (final String auth : new String[] {"", "auto"}) {
      assertThat(kind(auth, true, false)).isEqualTo(HeaderKey.class);
      assertThat(kind(auth, false, true)).isEqualTo(HeaderKey.class);
      assertThat(kind(auth, false, false)).isEqualTo(SigV4Credentials.class);
    }
  }

  @Test
  void aConfigurationMaySayHowItIsAsked() throws Exception {
    assertThat(kind("bearer", false, false)).isEqualTo(HeaderKey.class);
    assertThat(kind("sigv4", true, true)).isEqualTo(SigV4Credentials.class);
  }

  @Test
  void theApiIsConverseUnlessAnotherIsNamed() throws OptionException {
    assertThat(provider.api(options("region", "eu-west-3"))).isInstanceOf(ConverseStream.class);
    assertThat(provider.api(options("region", "eu-west-3", "api", "converse")))
        .isInstanceOf(ConverseStream.class);
    assertThat(provider.api(options("region", "eu-west-3", "api", "invoke")))
        .isInstanceOf(InvokeAnthropic.class);
  }

  @Test
  void howAnthropicsModelsThinkIsChosenForTheirOwnApiOnly() throws OptionException {
    final StreamApi invoke =
        provider.api(options("region", "eu-west-3", "api", "invoke", "thinking", "adaptive"));
    final WireRequest request =
        invoke.encode(
            URI.create("https://x.example.com"), StreamRequest.of("r1", "some-model", "Hi", 64));

    assertThat(new String(request.body(), UTF_8)).contains("\"thinking\":{\"type\":\"adaptive\"}");
    assertThatThrownBy(() -> provider.api(options("region", "eu-west-3", "thinking", "adaptive")))
        .isInstanceOfSatisfying(
            OptionException.class, e -> assertThat(e.option()).isEqualTo("thinking"))
        .hasMessageContaining("api: invoke");
  }

  @Test
  void theEndpointIsThatOfTheRegionsPartition() throws OptionException {
    final Map<String, String> endpoints =
        Map.of(
            "eu-central-1", "https://bedrock-runtime.eu-central-1.amazonaws.com",
            "us-gov-west-1", "https://bedrock-runtime.us-gov-west-1.amazonaws.com",
            "cn-north-1", "https://bedrock-runtime.cn-north-1.amazonaws.com.cn",
            "eu-future-9", "https://bedrock-runtime.eu-future-9.amazonaws.com");
    for (final Map.Entry<String, String> entry : endpoints.entrySet()) {
      assertThat(provider.api(options("region", entry.getKey())).defaultBaseUrl())
          .contains(URI.create(entry.getValue()));
    }
  }

  @Test
  void findsTheErrorTypeInTheServicesHeader() throws Exception {
    final StreamApi api = provider.api(options("region", "eu-west-3"));
    final byte[] body = "{\"message\":\"FREETEXT\"}".getBytes(UTF_8);

    assertThat(
            api.errorType(
                name ->
                    name.equalsIgnoreCase("x-amzn-ErrorType")
                        ? Optional.of("ThrottlingException:http://internal.amazon.com/coral/")
                        : Optional.empty(),
                body))
        .contains("ThrottlingException");
    assertThat(api.errorType(name -> Optional.of("FREE TEXT"), body)).isEmpty();
  }

  @Test
  void aRegionIsRequired() {
    assertThatThrownBy(() -> provider.api(TargetOptions.NONE))
        .isInstanceOfSatisfying(
            OptionException.class, e -> assertThat(e.option()).isEqualTo("region"));
    assertThat(provider.options())
        .filteredOn(TargetOption::required)
        .singleElement()
        .satisfies(
            region -> {
              assertThat(region.name()).isEqualTo("region");
              final TargetOption.Form.Text form = (TargetOption.Form.Text) region.form();
              for (final String good :
                  new String[] {
                    "eu-central-1", "us-gov-east-1", "us-iso-east-1", "eusc-de-east-1"
                  }) {
                assertThat(form.allowed().matcher(good).matches()).as(good).isTrue();
              }
              for (final String bad : new String[] {"", "Frankfurt", "eu", "eu-west-1.evil.com/"}) {
                assertThat(form.allowed().matcher(bad).matches()).as(bad).isFalse();
              }
            });
  }
}
