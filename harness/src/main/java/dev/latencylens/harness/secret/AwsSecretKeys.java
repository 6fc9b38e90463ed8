package dev.latencylens.harness.secret;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.latencylens.harness.address.Loopback;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClientBuilder;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/**
 * Keys in AWS Secrets Manager, read with the AWS SDK and its default chain of credentials. The
 * endpoint is the region's, or the one that the SDK's own settings name, such as {@code
 * AWS_ENDPOINT_URL_SECRETS_MANAGER}: https, or http on loopback. Wire format: the service's API
 * reference, GetSecretValue. Thread-safe; one reading at a time.
 */
final class AwsSecretKeys implements KeyReader<KeyLocation.AwsSecret>, AutoCloseable {
  private static final Duration VALID_FOR = Duration.ofMinutes(5);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration PATIENCE_FOR_A_CONNECTION = Duration.ofSeconds(5);

  /** One more for a lost connection: whoever is throttled is told, and not kept waiting. */
  private static final int ATTEMPTS = 2;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Optional<URI> endpoint;
  private final Map<Region, SecretsManagerClient> clients = new HashMap<>();
  private @Nullable DefaultCredentialsProvider credentials;

  /** What signs the requests, for the redactor to know: the SDK's signer logs the session token. */
  private final List<Secret> signing = new ArrayList<>();

  AwsSecretKeys() {
    this(Optional.empty());
  }

  /** For tests: another endpoint. */
  AwsSecretKeys(final Optional<URI> endpoint) {
    this.endpoint = endpoint;
  }

  @Override
  public synchronized Optional<FoundKey> read(final KeyLocation.AwsSecret location)
      throws KeyAccessException {
    final SecretsManagerClient client = client(region(location));
    final String secret;
    try {
      secret = client.getSecretValue(request -> request.secretId(location.id())).secretString();
    } catch (final ResourceNotFoundException absent) {
      return Optional.empty();
    } catch (final AwsServiceException refused) {
      throw refusal(location, refused);
    } catch (final PlaintextRefusedException plaintext) {
      throw new KeyAccessException(
          "the endpoint that AWS settings name for Secrets Manager must begin with https://: the key"
              + " would travel in the clear");
    } catch (final SdkException unreachable) {
      // Its message may hold what the service said.
      throw new KeyAccessException(
          "AWS Secrets Manager can't be asked for "
              + location.id()
              + ": check the region, the endpoint and the network");
    }
    if (secret == null) {
      throw new KeyAccessException(
          "the secret " + location.id() + " is binary: store the key as text");
    }
    final Optional<String> value =
        location.field().isPresent()
            ? field(location, secret, location.field().get())
            : Optional.of(secret);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new FoundKey(Secret.of(value.get()), VALID_FOR));
    } catch (final IllegalArgumentException unusable) {
      throw new KeyAccessException(
          "store a key in " + location.inWords() + " anew: " + unusable.getMessage());
    }
  }

  private static KeyAccessException refusal(
      final KeyLocation.AwsSecret location, final AwsServiceException refused) {
    if (refused.isThrottlingException()) {
      return new KeyAccessException(
          "AWS Secrets Manager limits how often it is asked: try again later");
    }
    if (refused.statusCode() >= 300 && refused.statusCode() < 400) {
      return new KeyAccessException(
          "AWS Secrets Manager answered with a redirect, which is not followed: check the endpoint");
    }
    // The error's code is one of a known set; its message may name accounts and users.
    final AwsErrorDetails details = refused.awsErrorDetails();
    final String code = details == null ? null : details.errorCode();
    return new KeyAccessException(
        "AWS Secrets Manager refuses "
            + location.id()
            + " ("
            + (code != null && code.matches("[A-Za-z]{1,64}")
                ? code
                : "status " + refused.statusCode())
            + "): the credentials need secretsmanager:GetSecretValue on it, and kms:Decrypt on its"
            + " own key");
  }

  private static Optional<String> field(
      final KeyLocation.AwsSecret location, final String secret, final String field)
      throws KeyAccessException {
    final JsonNode tree;
    try {
      tree = JSON.readTree(secret);
    } catch (final JsonProcessingException e) {
      throw noObject(location);
    }
    if (!tree.isObject()) {
      throw noObject(location);
    }
    final JsonNode value = tree.get(field);
    if (value == null || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      throw new KeyAccessException(location.inWords() + " is not text: store the key as a string");
    }
    return Optional.of(value.asText());
  }

  private static KeyAccessException noObject(final KeyLocation.AwsSecret location) {
    return new KeyAccessException(
        "the secret " + location.id() + " is no JSON object: name no field");
  }

  private static Region region(final KeyLocation.AwsSecret location) throws KeyAccessException {
    if (location.region().isPresent()) {
      return Region.of(location.region().get());
    }
    try {
      final Region found = new DefaultAwsRegionProviderChain().getRegion();
      if (found != null) {
        return found;
      }
    } catch (final SdkException none) {
      // As below.
    }
    throw new KeyAccessException(
        "AWS Secrets Manager needs a region: name it beside the secret, or set AWS_REGION");
  }

  /** Finds the credentials first, so that a lack of them is told from a lack of anything else. */
  private SecretsManagerClient client(final Region region) throws KeyAccessException {
    DefaultCredentialsProvider chain = credentials;
    if (chain == null) {
      chain = DefaultCredentialsProvider.builder().build();
      credentials = chain;
    }
    try {
      watch(chain.resolveCredentials());
      final SecretsManagerClient open = clients.get(region);
      final SecretsManagerClient client = open == null ? open(region, chain) : open;
      clients.put(region, client);
      return client;
    } catch (final SdkException none) {
      throw new KeyAccessException(
          "there are no AWS credentials: log in with aws sso login, or set AWS_PROFILE or"
              + " AWS_ACCESS_KEY_ID and its secret");
    }
  }

  private void watch(final AwsCredentials found) throws KeyAccessException {
    signing.forEach(Secret::close);
    signing.clear();
    try {
      signing.add(Secret.of(found.secretAccessKey()));
      if (found instanceof AwsSessionCredentials session) {
        signing.add(Secret.of(session.sessionToken()));
      }
    } catch (final IllegalArgumentException unusable) {
      throw new KeyAccessException("the AWS credentials can't be used: " + unusable.getMessage());
    }
  }

  private SecretsManagerClient open(final Region region, final DefaultCredentialsProvider chain) {
    final SecretsManagerClientBuilder builder =
        SecretsManagerClient.builder()
            .region(region)
            .credentialsProvider(chain)
            .httpClientBuilder(
                UrlConnectionHttpClient.builder()
                    .connectionTimeout(PATIENCE_FOR_A_CONNECTION)
                    .socketTimeout(PATIENCE))
            .overrideConfiguration(
                override ->
                    override
                        .apiCallTimeout(PATIENCE)
                        .retryStrategy(
                            DefaultRetryStrategy.standardStrategyBuilder()
                                .maxAttempts(ATTEMPTS)
                                .build())
                        .addExecutionInterceptor(new NoPlaintext()));
    endpoint.ifPresent(builder::endpointOverride);
    return builder.build();
  }

  @Override
  public synchronized void close() {
    clients.values().forEach(SecretsManagerClient::close);
    clients.clear();
    signing.forEach(Secret::close);
    signing.clear();
    final DefaultCredentialsProvider chain = credentials;
    if (chain != null) {
      chain.close();
    }
    credentials = null;
  }

  /** Shows no key. */
  @Override
  public String toString() {
    return "AwsSecretKeys";
  }

  /** An endpoint may come from the environment or from AWS's own files, which know no such rule. */
  private static final class NoPlaintext implements ExecutionInterceptor {
    @Override
    public void beforeTransmission(
        final Context.BeforeTransmission context, final ExecutionAttributes attributes) {
      final SdkHttpRequest request = context.httpRequest();
      final String host = request.host();
      if (!request.protocol().equals("https") && !Loopback.isHost(host)) {
        throw new PlaintextRefusedException();
      }
    }
  }

  private static final class PlaintextRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
