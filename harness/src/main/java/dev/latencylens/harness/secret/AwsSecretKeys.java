package dev.latencylens.harness.secret;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClientBuilder;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/**
 * Keys in AWS Secrets Manager, read with the AWS SDK and its default chain of credentials. The
 * endpoint is the region's, or the one that {@code AWS_ENDPOINT_URL_SECRETS_MANAGER} names.
 * Thread-safe.
 */
final class AwsSecretKeys implements KeyReader<KeyLocation.AwsSecret>, AutoCloseable {
  private static final Duration VALID_FOR = Duration.ofMinutes(5);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String SDKS_OWN_REGION = "";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Optional<URI> endpoint;
  private final Map<String, SecretsManagerClient> clients = new HashMap<>();

  AwsSecretKeys() {
    this(Optional.empty());
  }

  AwsSecretKeys(final Optional<URI> endpoint) {
    this.endpoint = endpoint;
  }

  @Override
  public synchronized Optional<FoundKey> read(final KeyLocation.AwsSecret location)
      throws KeyAccessException {
    final String secret;
    try {
      secret =
          client(location.region().orElse(SDKS_OWN_REGION))
              .getSecretValue(request -> request.secretId(location.id()))
              .secretString();
    } catch (final ResourceNotFoundException absent) {
      return Optional.empty();
    } catch (final AwsServiceException refused) {
      throw new KeyAccessException(
          "AWS Secrets Manager refuses " + location.id() + ": " + reason(refused));
    } catch (final SdkException unreachable) {
      throw new KeyAccessException(
          "AWS Secrets Manager can't be asked for "
              + location.id()
              + ": check the credentials, the region and the network");
    }
    if (secret == null) {
      throw new KeyAccessException(
          "the secret " + location.id() + " is binary: store the key as text");
    }
    final Optional<String> value =
        location.field().isPresent()
            ? field(location.id(), secret, location.field().get())
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

  private static String reason(final AwsServiceException refused) {
    // The error's code is one of a known set; its message may name accounts and users.
    final String code =
        refused.awsErrorDetails() == null ? null : refused.awsErrorDetails().errorCode();
    return code != null && code.matches("[A-Za-z]{1,64}") ? code : "status " + refused.statusCode();
  }

  private static Optional<String> field(final String id, final String secret, final String field)
      throws KeyAccessException {
    final JsonNode tree;
    try {
      tree = JSON.readTree(secret);
    } catch (final JsonProcessingException e) {
      throw new KeyAccessException("the secret " + id + " is no JSON object: name no field");
    }
    final JsonNode value = tree.isObject() ? tree.get(field) : null;
    return value == null || !value.isTextual() ? Optional.empty() : Optional.of(value.asText());
  }

  private SecretsManagerClient client(final String region) {
    return clients.computeIfAbsent(
        region,
        name -> {
          final SecretsManagerClientBuilder builder =
              SecretsManagerClient.builder()
                  .httpClientBuilder(
                      UrlConnectionHttpClient.builder()
                          .connectionTimeout(PATIENCE)
                          .socketTimeout(PATIENCE))
                  .overrideConfiguration(
                      override ->
                          override.apiCallTimeout(PATIENCE).apiCallAttemptTimeout(PATIENCE));
          if (!name.equals(SDKS_OWN_REGION)) {
            builder.region(Region.of(name));
          }
          endpoint.ifPresent(builder::endpointOverride);
          return builder.build();
        });
  }

  @Override
  public synchronized void close() {
    clients.values().forEach(SecretsManagerClient::close);
    clients.clear();
  }
}
