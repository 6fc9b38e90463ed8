package dev.latencylens.harness.secret;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static dev.latencylens.harness.secret.VaultStub.refusal;
import static dev.latencylens.harness.secret.VaultStub.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import java.net.URI;
import java.time.Duration;
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
          "aws.sessionToken", "MARKED-session-token",
          "aws.disableEc2Metadata", "true",
          "aws.configFile", "no-such-file",
          "aws.sharedCredentialsFile", "no-such-file");
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
        "400|{\"__type\":\"AccessDeniedException\",\"Message\":\"MARKED\"}|refuses prod/openai (AccessDeniedException)",
        "400|{\"__type\":\"UnrecognizedClientException\",\"message\":\"MARKED\"}|UnrecognizedClientException",
        "200|{\"Name\":\"a\",\"SecretString\":\"MARKED\"}|is no JSON object: name no field",
        "200|{\"Name\":\"a\",\"SecretBinary\":\"TUFSS0VE\"}|is binary: store the key as text",
        "200|{\"Name\":\"a\",\"SecretString\":\"[1]\"}|is no JSON object: name no field",
        "200|{\"Name\":\"a\",\"SecretString\":\"{\\\"api_key\\\":{}}\"}|is not text",
        "200|{\"Name\":\"a\",\"SecretString\":\"{\\\"api_key\\\":\\\"MARKED a\\\"}\"}|anew: the key holds",
        "400|{\"__type\":\"ThrottlingException\",\"message\":\"MARKED\"}|try again later",
        "500|{\"__type\":\"InternalServiceError\",\"message\":\"MARKED\"}|(InternalServiceError)",
        "403|<p>MARKED</p>|(status 403)",
        "200|<p>MARKED</p>|can't be asked for prod/openai"
      })
  void whatIsRefusedOrCannotBeUsedIsToldInWordsOfOurOwn(
      final int status, final String body, final String sentence) {
    answers(status, body);

    assertThat(refusal(keys(), KEY)).contains(sentence);
  }

  @Test
  void aServiceThatIsNotThereIsTold() {
    final AwsSecretKeys keys = keys();
    aws.stop();

    assertThat(refusal(keys, KEY)).contains("can't be asked for prod/openai: check the region");
  }

  @Test
  void aServiceThatLimitsItsCallersIsAskedTwiceAtMost() {
    answers(400, "{\"__type\":\"ThrottlingException\",\"message\":\"MARKED\"}");

    refusal(keys(), KEY);

    aws.verify(2, postRequestedFor(anyUrl()));
  }

  @Test
  void aRedirectIsNotFollowed() {
    try (VaultStub other = new VaultStub()) {
      aws.stubFor(
          any(anyUrl())
              .willReturn(
                  aResponse()
                      .withStatus(307)
                      .withHeader("Location", other.server.baseUrl() + "/elsewhere")));

      assertThat(refusal(keys(), KEY)).contains("a redirect, which is not followed");

      assertThat(other.server.getAllServeEvents()).isEmpty();
    }
  }

  @Test
  void anEndpointInTheClearIsRefused() {
    // The SDK sends nothing: a name that exists nowhere would be told as unreachable.
    final AwsSecretKeys keys =
        new AwsSecretKeys(Optional.of(URI.create("http://secrets.example.invalid")));

    assertThat(refusal(keys, KEY)).contains("must begin with https://");
  }

  @Test
  void whatIsMissingIsTold() {
    assumeThat(System.getenv()).doesNotContainKeys("AWS_REGION", "AWS_ACCESS_KEY_ID");
    assertThat(
            refusal(
                keys(),
                new KeyLocation.AwsSecret("prod/openai", Optional.empty(), Optional.empty())))
        .startsWith("AWS Secrets Manager needs a region");

    System.clearProperty("aws.accessKeyId");
    assertThat(refusal(keys(), KEY)).startsWith("there are no AWS credentials");

    assertThat(aws.getAllServeEvents()).isEmpty();
  }

  @Test
  void theRegionOfTheSdkIsTakenWhereTheSecretNamesNone() throws Exception {
    answers(200, "{\"Name\":\"a\",\"SecretString\":\"sk-MARKED\"}");
    System.setProperty("aws.region", "eu-north-1");
    try (AwsSecretKeys keys = keys()) {
      value(keys.read(new KeyLocation.AwsSecret("a", Optional.empty(), Optional.empty())));
    } finally {
      System.clearProperty("aws.region");
    }

    aws.verify(postRequestedFor(anyUrl()).withHeader("Authorization", containing("/eu-north-1/")));
  }

  @Test
  void neitherCredentialsNorKeyStandInALogOrInTheText() throws Exception {
    answers(200, "{\"Name\":\"a\",\"SecretString\":\"{\\\"api_key\\\":\\\"sk-MARKED\\\"}\"}");
    try (LibraryLogs logs = new LibraryLogs();
        AwsSecretKeys keys = keys()) {
      final FoundKey found = keys.read(KEY).orElseThrow();
      try (Secret secret = found.secret()) {
        assertThat(found + " " + secret + keys).doesNotContain("MARKED");
      }
      answers(400, "{\"__type\":\"AccessDeniedException\",\"Message\":\"no\"}");
      refusal(keys, KEY);

      assertThat(logs.lines()).isNotEmpty().noneMatch(line -> line.contains("sk-MARKED"));
      // The SDK's signer logs the session token, which is why the redactor has to know it.
      assertThat(logs.lines()).anyMatch(line -> line.contains("MARKED-session-token"));
      assertThat(logs.written()).noneMatch(line -> line.contains("MARKED"));
      assertThat(Redactor.redact("MARKED-session-token")).isEqualTo("[redacted]");
    }
  }
}
