package dev.latencylens.harness.provider.bedrock;

import dev.latencylens.harness.provider.Credentials;
import dev.latencylens.harness.provider.CredentialsException;
import dev.latencylens.harness.provider.HeaderSetter;
import dev.latencylens.harness.provider.WireRequest;
import dev.latencylens.harness.secret.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * AWS credentials that sign each request (Signature Version 4,
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html, November 2026). AWS's own
 * libraries find and renew them, judge whether they still hold, and sign.
 *
 * <p>Signed are the host, the content type and what the signer adds; other headers are not, as a
 * configuration may replace them. What was found last is kept until the next {@link #refresh()}.
 */
final class SigV4Credentials implements Credentials {
  private static final Logger LOG = LoggerFactory.getLogger(SigV4Credentials.class);
  private static final String SERVICE = "bedrock";
  private static final String CONTENT_TYPE = "Content-Type";
  private static final AwsV4HttpSigner SIGNER = AwsV4HttpSigner.create();

  private static final String NONE_FOUND =
      "no AWS credentials were found: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a"
          + " profile in AWS_PROFILE, or set a Bedrock API key in AWS_BEARER_TOKEN_BEDROCK";
  private static final String EXPIRED =
      "the AWS credentials have expired and could not be renewed: sign in again, or see to what"
          + " hands them out";

  private final AwsCredentialsProvider provider;
  private final String region;
  private final AtomicLong turns = new AtomicLong();

  private long heldSince;
  private Optional<Held> held = Optional.empty();
  private Optional<Held> before = Optional.empty();
  private String failure = NONE_FOUND;
  private boolean closed;

  /** Credentials, and their parts to be taken out of texts. */
  private record Held(AwsCredentials identity, List<Secret> secrets) {
    static Held of(final AwsCredentials identity) {
      final List<Secret> secrets = new ArrayList<>();
      secrets.add(Secret.of(identity.accessKeyId()));
      secrets.add(Secret.of(identity.secretAccessKey()));
      if (identity instanceof AwsSessionCredentials session) {
        secrets.add(Secret.of(session.sessionToken()));
      }
      return new Held(identity, List.copyOf(secrets));
    }

    void wipe() {
      secrets.forEach(Secret::close);
    }

    /** Names nothing. */
    @Override
    public String toString() {
      return "Held";
    }
  }

  private SigV4Credentials(final AwsCredentialsProvider provider, final String region) {
    this.provider = provider;
    this.region = region;
  }

  /**
   * Credentials that are asked for at each {@link #refresh()}.
   *
   * @param provider finds them, keeps them while they hold, and is closed with this
   * @param region the region to sign for
   * @return credentials that don't sign before the first {@link #refresh()}
   */
  static SigV4Credentials renewing(final AwsCredentialsProvider provider, final String region) {
    return new SigV4Credentials(provider, region);
  }

  /**
   * Credentials that never change.
   *
   * @param identity the credentials
   * @param region the region to sign for
   * @return credentials that sign at once
   */
  static SigV4Credentials of(final AwsCredentials identity, final String region) {
    final SigV4Credentials credentials =
        new SigV4Credentials(StaticCredentialsProvider.create(identity), region);
    credentials.refresh();
    return credentials;
  }

  @Override
  public void refresh() {
    final long turn = turns.incrementAndGet();
    try {
      // The library keeps what it found, and lets one thread renew it while others go on with that.
      keep(Optional.of(provider.resolveCredentials()), turn);
    } catch (final RuntimeException e) {
      // Of any kind, also where a variable holds what no credential can. Its message may repeat
      // what an identity service answered.
      LOG.debug("AWS credentials were not found: {}", e.getClass().getName());
      keep(Optional.empty(), turn);
    }
  }

  private synchronized void keep(final Optional<AwsCredentials> found, final long turn) {
    if (turn < heldSince || closed) {
      // A thread that asked later was quicker.
      return;
    }
    heldSince = turn;
    if (found.isEmpty()) {
      failure = held.isPresent() || before.isPresent() ? EXPIRED : NONE_FOUND;
      retire(Optional.empty());
    } else if (held.isEmpty() || !held.get().identity().equals(found.get())) {
      retire(Optional.of(Held.of(found.get())));
    }
  }

  /** Remembers what was held last: a server may still echo it. */
  private void retire(final Optional<Held> next) {
    if (held.isPresent()) {
      before.ifPresent(Held::wipe);
      before = held;
    }
    held = next;
  }

  private synchronized AwsCredentials identity() throws CredentialsException {
    if (held.isEmpty()) {
      throw new CredentialsException(failure);
    }
    return held.get().identity();
  }

  @Override
  public void authenticate(final WireRequest request, final HeaderSetter headers)
      throws CredentialsException {
    final AwsCredentials identity = identity();
    final SdkHttpRequest.Builder unsigned =
        SdkHttpRequest.builder().method(SdkHttpMethod.POST).uri(request.uri());
    for (final WireRequest.Header header : request.headers()) {
      if (header.name().equalsIgnoreCase(CONTENT_TYPE)) {
        unsigned.putHeader(CONTENT_TYPE, header.value());
      }
    }
    final SdkHttpRequest signed =
        SIGNER
            .sign(
                sign ->
                    sign.identity(identity)
                        .request(unsigned.build())
                        .payload(ContentStreamProvider.fromByteArrayUnsafe(request.body()))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, SERVICE)
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region))
            .request();
    signed.forEachHeader(
        (name, values) -> {
          // The transport writes the host itself, and has the content type already.
          if (!name.equalsIgnoreCase("Host") && !name.equalsIgnoreCase(CONTENT_TYPE)) {
            headers.set(name, String.join(",", values));
          }
        });
  }

  @Override
  public synchronized String redact(final String text) {
    String redacted = text;
    for (final Optional<Held> known : List.of(held, before)) {
      for (final Secret secret : known.map(Held::secrets).orElse(List.of())) {
        redacted = secret.redact(redacted);
      }
    }
    return redacted;
  }

  @Override
  public synchronized void close() {
    closed = true;
    held.ifPresent(Held::wipe);
    before.ifPresent(Held::wipe);
    if (provider instanceof SdkAutoCloseable closeable) {
      closeable.close();
    }
  }
}
