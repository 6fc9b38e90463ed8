package dev.latencylens.harness.secret;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.WireMockServer;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The SDK's own requests, against answers as the service's API reference has them (AWS Secrets
 * Manager API Reference, GetSecretValue, looked up 2026-11-23).
 */
final class AwsSecretKeysTest {
  private static final Map<String, String> CREDENTIALS =
      Map.of(
          "aws.accessKeyId", "AKIDEXAMPLE",
          "aws.secretAccessKey", "MARKED-secret-access-key",
          "aws.disableEc2Metadata", "true");
  private static final KeyLocation.AwsSecret KEY =
      new KeyLocation.AwsSecret("prod/openai", Optional.of("api_key"), Optional.of("eu-central-1"));

  private final WireMockServer aws = new WireMockServer(wireMockConfig().dynamicPort());

  @BeforeEach
  void start() {
    CREDENTIALS.forEach(System::setProperty);
    aws.start();
  }

  @AfterEach
  void stop() {
    aws.stop();
    CREDENTIALS.keySet().forEach(System::clearProperty);
  }

  private AwsSecretKeys keys() {
    return new AwsSecretKeys(Optional.of(URI.create(aws.baseUrl())));
  }

  private void answers(final int status, final String body) {
    aws.stubFor(
        post(anyUrl())
            .willReturn(
                aResponse()
                    .withStatus(status)
                    .withHeader("Content-Type", "application/x-amz-json-1.1")
                    .withBody(body)));
  }

  private static String value(final Optional<FoundKey> key) {
    final List<String> seen = new ArrayList<>();
    try (Secret secret = key.orElseThrow().secret()) {
      secret.use(seen::add);
    }
    return seen.get(0);
  }

  @Test
  void aFieldOfASecretIsReadWithASignedRequest() throws Exception {
    answers(
        200,
        """
        {"ARN":"arn:aws:secretsmanager:eu-central-1:1:secret:prod/openai-AbCdEf",\
        "Name":"prod/openai","SecretString":"{\\"api_key\\":\\"sk-MARKED\\"}","VersionId":"v"}""");

    try (AwsSecretKeys keys = keys()) {
      final Optional<FoundKey> key = keys.read(KEY);

      assertThat(value(key)).isEqualTo("sk-MARKED");
      assertThat(key.orElseThrow().validFor()).isEqualTo(Duration.ofMinutes(5));
      assertThat(
              keys.read(
                  new KeyLocation.AwsSecret("a", Optional.of("none"), Optional.of("eu-west-1"))))
          .isEmpty();
    }
    aws.verify(
        postRequestedFor(urlEqualTo("/"))
            .withHeader("X-Amz-Target", equalTo("secretsmanager.GetSecretValue"))
            .withHeader(
                "Authorization",
                matching(
                    "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/[0-9]{8}/eu-central-1/secretsmanager/"
                        + "aws4_request, .*"))
            .withRequestBody(equalToJson("{\"SecretId\":\"prod/openai\"}")));
  }

  @Test
  void aSecretThatIsNothingButTheKeyIsReadWhole() throws Exception {
    answers(200, "{\"Name\":\"a\",\"SecretString\":\"sk-MARKED\\n\"}");

    assertThat(
            value(
                keys()
                    .read(
                        new KeyLocation.AwsSecret(
                            "a", Optional.empty(), Optional.of("eu-west-1")))))
        .isEqualTo("sk-MARKED");
  }

  @Test
  void aSecretThatIsNotThereIsNoError() throws Exception {
    answers(400, "{\"__type\":\"ResourceNotFoundException\",\"Message\":\"MARKED\"}");

    assertThat(keys().read(KEY)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400|{\"__type\":\"AccessDeniedException\",\"Message\":\"MARKED\"}|refuses prod/openai: AccessDeniedException",
        "400|{\"__type\":\"UnrecognizedClientException\",\"message\":\"MARKED\"}|UnrecognizedClientException",
        "200|{\"Name\":\"a\",\"SecretString\":\"MARKED\"}|is no JSON object: name no field",
        "200|{\"Name\":\"a\",\"SecretBinary\":\"TUFSS0VE\"}|is binary: store the key as text",
        "200|<p>MARKED</p>|can't be asked for prod/openai"
      })
  void whatIsRefusedOrCannotBeUsedIsToldInWordsOfOurOwn(
      final int status, final String body, final String sentence) {
    answers(status, body);

    assertThat(refusal(keys())).contains(sentence);
  }

  @Test
  void aServiceThatIsNotThereIsTold() {
    final AwsSecretKeys keys = keys();
    aws.stop();

    assertThat(refusal(keys)).contains("can't be asked for prod/openai: check the credentials");
  }

  private static String refusal(final AwsSecretKeys keys) {
    final KeyAccessException refused =
        catchThrowableOfType(KeyAccessException.class, () -> keys.read(KEY));
    assertThat(refused).hasNoCause();
    assertThat(refused.getMessage()).doesNotContain("MARKED");
    return refused.getMessage();
  }
}
