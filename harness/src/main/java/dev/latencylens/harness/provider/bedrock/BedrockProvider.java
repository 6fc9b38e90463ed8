package dev.latencylens.harness.provider.bedrock;

import dev.latencylens.harness.provider.Credentials;
import dev.latencylens.harness.provider.HeaderKey;
import dev.latencylens.harness.provider.Keys;
import dev.latencylens.harness.provider.OptionException;
import dev.latencylens.harness.provider.Provider;
import dev.latencylens.harness.provider.StreamApi;
import dev.latencylens.harness.provider.TargetOption;
import dev.latencylens.harness.provider.TargetOptions;
import dev.latencylens.harness.provider.anthropic.AnthropicBody;
import dev.latencylens.harness.secret.MissingKeyException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;

/**
 * Amazon Bedrock. A target asks with a Bedrock API key (a bearer token, {@code
 * AWS_BEARER_TOKEN_BEDROCK}) or has its requests signed with the AWS credentials that AWS's own
 * tools find: environment, profile, web identity, container or instance. (Those of IAM Identity
 * Center are taken from the environment: {@code aws configure export-credentials}.)
 *
 * <p>The region is part of the address and of the signature, and a published result must say it, so
 * a configuration states it and no environment variable does.
 */
public final class BedrockProvider implements Provider {
  private static final String API = "api";
  private static final String REGION = "region";
  private static final String AUTH = "auth";
  private static final String KEY_VARIABLE = "AWS_BEARER_TOKEN_BEDROCK";

  /** Look like no real ones, and say what they are where they turn up. */
  private static final AwsSessionCredentials MADE_UP =
      AwsSessionCredentials.create(
          "MADEUPFORTHESIMULATOR",
          "made-up-secret-for-the-simulator",
          "made-up-session-token-for-the-simulator");

  /** Makes the provider. */
  public BedrockProvider() {}

  @Override
  public String id() {
    return "bedrock";
  }

  @Override
  public List<TargetOption> options() {
    final List<TargetOption> options = new ArrayList<>();
    options.add(
        TargetOption.choice(
            API,
            "converse",
            "Which API is asked: ConverseStream, which takes any model, or"
                + " InvokeModelWithResponseStream, for Anthropic's models only.",
            "converse",
            "invoke"));
    options.add(
        new TargetOption(
            REGION,
            new TargetOption.Form.Text(
                Pattern.compile("[a-z]{2,8}(-[a-z0-9]{1,16}){1,4}"),
                "an AWS region, such as eu-central-1"),
            true,
            "",
            "The AWS region that is asked, and for which requests are signed."));
    options.add(
        TargetOption.choice(
            AUTH,
            "auto",
            "How a request proves who asks: a signature with AWS credentials (sigv4; the target's"
                + " key is not used then), a Bedrock API key (bearer), or the latter only where"
                + " the target names a key or AWS_BEARER_TOKEN_BEDROCK is set (auto).",
            "auto",
            "sigv4",
            "bearer"));
    options.addAll(AnthropicBody.options());
    return options;
  }

  @Override
  public StreamApi api(final TargetOptions options) throws OptionException {
    final BedrockRuntime service = new BedrockRuntime(region(options));
    if ("invoke".equals(options.text(API).orElse("converse"))) {
      return new InvokeAnthropic(service, AnthropicBody.of(options));
    }
    for (final TargetOption other : AnthropicBody.options()) {
      if (options.text(other.name()).isPresent()) {
        throw new OptionException(
            other.name(),
            "is for api: invoke only; for converse, give additionalModelRequestFields in"
                + " extra_body");
      }
    }
    return new ConverseStream(service);
  }

  @Override
  public List<String> environment() {
    return List.of("AWS_");
  }

  @Override
  public Credentials credentials(final TargetOptions options, final Keys keys)
      throws MissingKeyException {
    final boolean bearer =
        switch (options.text(AUTH).orElse("auto")) {
          case "bearer" -> true;
          case "sigv4" -> false;
          default -> keys.named() || keys.has(KEY_VARIABLE);
        };
    if (bearer) {
      return HeaderKey.bearer(keys.read(KEY_VARIABLE));
    }
    final String region;
    try {
      region = region(options);
    } catch (final OptionException e) {
      throw new IllegalArgumentException(e.option() + " " + e.getMessage(), e);
    }
    return keys.madeUp()
        ? SigV4Credentials.of(MADE_UP, region)
        : SigV4Credentials.renewing(DefaultCredentialsProvider.builder().build(), region);
  }

  private static String region(final TargetOptions options) throws OptionException {
    return options
        .text(REGION)
        .orElseThrow(() -> new OptionException(REGION, "must name an AWS region"));
  }
}
