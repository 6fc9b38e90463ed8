package dev.latencylens.harness.provider.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latencylens.harness.provider.Credentials;
import dev.latencylens.harness.provider.CredentialsException;
import dev.latencylens.harness.provider.WireRequest;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.utils.SdkAutoCloseable;

final class SigV4CredentialsTest {
  private static final AwsCredentials OLD =
      AwsSessionCredentials.create("OLDACCESSKEYID", "old-secret-access-key", "old-session-token");
  private static final AwsCredentials NEW =
      AwsSessionCredentials.create("NEWACCESSKEYID", "new-secret-access-key", "new-session-token");
  private static final WireRequest REQUEST =
      new WireRequest(
          URI.create("http://127.0.0.1:8080/base/model/some%3Amodel/converse-stream"),
          BedrockRuntime.HEADERS,
          "{}".getBytes(UTF_8));

  /** Gives one thing after the other, and the last one for good. */
  private static final class Scripted implements AwsCredentialsProvider, SdkAutoCloseable {
    private final Deque<Supplier<AwsCredentials>> script = new ArrayDeque<>();
    private boolean closed;

    Scripted gives(final AwsCredentials credentials) {
      script.add(() -> credentials);
      return this;
    }

    Scripted fails() {
      script.add(
          () -> {
            throw SdkClientException.create("FREETEXT of an identity service");
          });
      return this;
    }

    @Override
    public AwsCredentials resolveCredentials() {
      return (script.size() > 1 ? script.remove() : script.element()).get();
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private static Map<String, String> headers(final Credentials credentials)
      throws CredentialsException {
    final Map<String, String> headers = new HashMap<>();
    credentials.authenticate(
        REQUEST, (name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
    return headers;
  }

  private static String accessKeyId(final Credentials credentials) throws CredentialsException {
    return new NaiveSigV4("/", headers(credentials), new byte[0]).accessKeyId();
  }

  @Test
  void theTestsOwnCheckGivesTheSignatureThatAwsPublishes() {
    // "post-vanilla" of AWS's Signature Version 4 test suite.
    final NaiveSigV4 published =
        new NaiveSigV4(
            "/",
            Map.of(
                "host", "example.amazonaws.com",
                "x-amz-date", "20150830T123600Z",
                "authorization",
                    "AWS4-HMAC-SHA256"
                        + " Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request,"
                        + " SignedHeaders=host;x-amz-date,"
                        + " Signature=5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"),
            new byte[0]);

    assertThat(published.expected("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"))
        .isEqualTo(published.signature());
  }

  @Test
  void signsWithoutASessionTokenWhereThereIsNone() throws CredentialsException {
    try (Credentials credentials =
        SigV4Credentials.of(
            AwsBasicCredentials.create("AKIDEXAMPLE", "some-secret"), "eu-west-3")) {
      final Map<String, String> headers = headers(credentials);
      final Map<String, String> received = new HashMap<>(headers);
      received.put("host", "127.0.0.1:8080");
      received.put("content-type", "application/json");
      final NaiveSigV4 signature =
          new NaiveSigV4(REQUEST.uri().getRawPath(), received, REQUEST.body());

      assertThat(headers).doesNotContainKeys("x-amz-security-token", "host", "content-type");
      assertThat(signature.signature()).isEqualTo(signature.expected("some-secret"));
      assertThat(signature.region()).isEqualTo("eu-west-3");
      assertThat(signature.service()).isEqualTo("bedrock");
    }
  }

  @Test
  void signsWithWhatTheLastRefreshFound() throws CredentialsException {
    try (Credentials credentials =
        SigV4Credentials.renewing(new Scripted().gives(OLD).gives(NEW), "eu-west-3")) {
      credentials.refresh();
      assertThat(accessKeyId(credentials)).isEqualTo("OLDACCESSKEYID");
      assertThat(accessKeyId(credentials)).as("without a refresh").isEqualTo("OLDACCESSKEYID");

      credentials.refresh();

      assertThat(accessKeyId(credentials)).isEqualTo("NEWACCESSKEYID");
      assertThat(headers(credentials)).containsEntry("x-amz-security-token", "new-session-token");
    }
  }

  @Test
  void neverSignsWithWhatNoLongerHolds() throws CredentialsException {
    final Scripted provider = new Scripted().gives(OLD).fails().fails().gives(NEW);
    try (Credentials credentials = SigV4Credentials.renewing(provider, "eu-west-3")) {
      credentials.refresh();
      for (int i = 0; i < 2; i++) {
        credentials.refresh();

        assertThatThrownBy(() -> headers(credentials))
            .isInstanceOf(CredentialsException.class)
            .hasNoCause()
            .hasMessageContaining("expired")
            .hasMessageNotContaining("FREETEXT");
      }
      credentials.refresh();
      assertThat(accessKeyId(credentials)).isEqualTo("NEWACCESSKEYID");
    }
  }

  @Test
  void saysWhereToPutCredentialsWhereNoneAreFound() {
    try (Credentials credentials = SigV4Credentials.renewing(new Scripted().fails(), "eu-west-3")) {
      credentials.refresh();

      assertThatThrownBy(() -> headers(credentials))
          .isInstanceOf(CredentialsException.class)
          .hasMessageContaining("AWS_ACCESS_KEY_ID")
          .hasMessageContaining("AWS_BEARER_TOKEN_BEDROCK")
          .hasMessageNotContaining("FREETEXT");
    }
  }

  @Test
  void takesAllPartsOutOfTextsThoseOfBeforeIncluded() {
    try (Credentials credentials =
        SigV4Credentials.renewing(new Scripted().gives(OLD).gives(OLD).gives(NEW), "eu-west-3")) {
      credentials.refresh();
      credentials.refresh();
      credentials.refresh();

      final String redacted =
          credentials.redact(
              "OLDACCESSKEYID old-secret-access-key old-session-token,"
                  + " NEWACCESSKEYID new-secret-access-key new-session-token and bob");

      assertThat(redacted)
          .doesNotContain("KEYID", "secret", "session")
          .startsWith("[redacted] [redacted]")
          .endsWith("and bob");
    }
  }

  @Test
  void closesWhatFindsTheCredentials() {
    final Scripted provider = new Scripted().gives(OLD);
    final Credentials credentials = SigV4Credentials.renewing(provider, "eu-west-3");

    credentials.refresh();
    credentials.close();
    credentials.close();

    assertThat(provider.closed).isTrue();
    assertThat(credentials.toString()).doesNotContain("OLDACCESSKEYID");
  }
}
