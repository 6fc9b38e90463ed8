package dev.latencylens.harness.provider.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.exception.ClientAuthenticationException;
import dev.latencylens.harness.provider.CredentialsException;
import dev.latencylens.harness.provider.WireRequest;
import java.net.URI;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;

@Timeout(60)
final class EntraCredentialsTest {
  private static final String SCOPE = "https://ai.azure.com/.default";
  private static final WireRequest WIRE =
      new WireRequest(URI.create("https://127.0.0.1"), List.of(), new byte[0]);

  private final AtomicInteger asked = new AtomicInteger();
  private final List<String> scopes = new ArrayList<>();
  private volatile Supplier<AccessToken> identity = () -> lasting(Duration.ofHours(1));

  private final EntraCredentials credentials =
      new EntraCredentials(
          new TokenCredential() {
            @Override
            public Mono<AccessToken> getToken(final TokenRequestContext request) {
              return Mono.error(new IllegalStateException("not asked this way"));
            }

            @Override
            public AccessToken getTokenSync(final TokenRequestContext request) {
              asked.incrementAndGet();
              scopes.addAll(request.getScopes());
              return identity.get();
            }
          },
          SCOPE);

  /** A token that names its number. */
  private AccessToken lasting(final Duration time) {
    return new AccessToken(
        "token-number-" + asked.get(), OffsetDateTime.now(ZoneOffset.UTC).plus(time));
  }

  private AccessToken refused() {
    throw new ClientAuthenticationException("FREETEXT of bob", null);
  }

  private String sent() throws CredentialsException {
    final Map<String, String> headers = new HashMap<>();
    credentials.authenticate(WIRE, headers::put);
    assertThat(headers).containsOnlyKeys("Authorization");
    return headers.getOrDefault("Authorization", "");
  }

  @Test
  void aTokenIsAskedForOnceAndKeptWhileItHolds() throws CredentialsException {
    credentials.refresh();
    credentials.refresh();

    assertThat(sent()).isEqualTo("Bearer token-number-1");
    assertThat(sent()).isEqualTo("Bearer token-number-1");
    assertThat(scopes).containsExactly(SCOPE);
  }

  @Test
  void aTokenIsRenewedFiveMinutesBeforeItExpires() throws CredentialsException {
    identity = () -> lasting(Duration.ofMinutes(4));
    credentials.refresh();
    assertThat(sent()).isEqualTo("Bearer token-number-1");

    identity = () -> lasting(Duration.ofMinutes(6));
    credentials.refresh();
    credentials.refresh();

    assertThat(sent()).isEqualTo("Bearer token-number-2");
  }

  @Test
  void authenticatingNeverRenews() throws CredentialsException {
    identity = () -> lasting(Duration.ofMinutes(1));
    credentials.refresh();
    sent();
    sent();

    assertThat(asked).hasValue(1);
  }

  @Test
  void aRenewalThatFailsIsNotToldWhileTheTokenHolds() throws CredentialsException {
    identity = () -> lasting(Duration.ofMinutes(4));
    credentials.refresh();
    identity = this::refused;
    credentials.refresh();

    assertThat(asked).hasValue(2);
    assertThat(sent()).isEqualTo("Bearer token-number-1");
  }

  @Test
  void anExpiredTokenIsNotSent() {
    identity = () -> lasting(Duration.ofSeconds(1));
    credentials.refresh();
    identity = this::refused;
    while (credentials.holds()) {
      Thread.onSpinWait();
    }
    credentials.refresh();

    assertThatThrownBy(this::sent)
        .isInstanceOf(CredentialsException.class)
        .hasMessageContaining("expired and could not be renewed")
        .hasMessageNotContaining("bob");
  }

  @Test
  void whoHasNoIdentityIsToldWhatToDo() {
    assertThatThrownBy(this::sent).hasMessageContaining("az login");
    identity = this::refused;
    credentials.refresh();

    assertThatThrownBy(this::sent)
        .isInstanceOf(CredentialsException.class)
        .hasMessageContaining("az login")
        .hasMessageContaining("AZURE_CLIENT_ID")
        .hasMessageNotContaining("bob")
        .hasNoCause();
  }

  @Test
  void aTokenThatComesExpiredIsNoToken() {
    identity = () -> lasting(Duration.ofSeconds(-1));
    credentials.refresh();

    assertThatThrownBy(this::sent).isInstanceOf(CredentialsException.class);
  }

  @Test
  void afterAFailureTheNextRefreshTriesAgain() throws CredentialsException {
    identity = this::refused;
    credentials.refresh();
    identity = () -> lasting(Duration.ofHours(1));
    credentials.refresh();

    assertThat(sent()).isEqualTo("Bearer token-number-2");
  }

  @Test
  void threadsThatWaitedForARenewalShareWhatCameOfIt() throws Exception {
    final CountDownLatch asking = new CountDownLatch(1);
    final CountDownLatch answer = new CountDownLatch(1);
    identity =
        () -> {
          asking.countDown();
          await(answer);
          return refused();
        };
    final List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      final Thread thread = new Thread(credentials::refresh);
      threads.add(thread);
      thread.start();
    }
    await(asking);
    for (final Thread thread : threads) {
      // All but one wait for the lock, the other for its answer.
      while (thread.getState() != Thread.State.WAITING
          && thread.getState() != Thread.State.TIMED_WAITING) {
        Thread.onSpinWait();
      }
    }
    answer.countDown();
    for (final Thread thread : threads) {
      thread.join();
    }

    assertThat(asked).hasValue(1);
  }

  @Test
  void whileOneThreadRenewsATokenThatHoldsOthersGoOnWithIt() throws Exception {
    identity = () -> lasting(Duration.ofMinutes(4));
    credentials.refresh();
    final CountDownLatch asking = new CountDownLatch(1);
    final CountDownLatch answer = new CountDownLatch(1);
    identity =
        () -> {
          asking.countDown();
          await(answer);
          return lasting(Duration.ofHours(1));
        };
    final CompletableFuture<Void> renewal = CompletableFuture.runAsync(credentials::refresh);
    await(asking);

    CompletableFuture.runAsync(credentials::refresh).get(30, TimeUnit.SECONDS);
    assertThat(sent()).isEqualTo("Bearer token-number-1");

    answer.countDown();
    renewal.get();
    assertThat(sent()).isEqualTo("Bearer token-number-2");
  }

  private static void await(final CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (final InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void theTokenAndTheOneBeforeAreTakenOutOfTexts() {
    identity = () -> lasting(Duration.ofMinutes(4));
    credentials.refresh();
    identity = () -> lasting(Duration.ofHours(1));
    credentials.refresh();

    assertThat(credentials.redact("a token-number-1 b token-number-2 c"))
        .isEqualTo("a [redacted] b [redacted] c");
  }

  @Test
  void aTokenIsWipedOnClose() {
    credentials.refresh();
    credentials.close();

    assertThatThrownBy(this::sent).isInstanceOf(IllegalStateException.class);
    assertThat(credentials.redact("token-number-1")).isEqualTo("[redacted]");
  }
}
