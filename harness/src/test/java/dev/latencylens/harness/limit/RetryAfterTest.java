package dev.latencylens.harness.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final Duration MOST = Duration.ofMinutes(10);

  private static long refusalMillis(final Map<String, String> headers) {
    return RetryAfter.ofRefusal(headers, NOW, MOST).map(pause -> pause.toMillis()).orElse(-1L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|0",
        "7|7000",
        "1.5|1500",
        "Mon, 23 Nov 2026 12:00:30 GMT|30000",
        "Monday, 23-Nov-26 12:00:30 GMT|30000",
        "Mon Nov 23 12:00:30 2026|30000",
        "Mon, 23 Nov 2026 11:00:00 GMT|0",
        "Sunday, 06-Nov-94 08:49:37 GMT|0",
        "Sun Nov  6 08:49:37 1994|0",
        "3600|600000",
        "999999999999999999999999999999|600000",
        "Fri, 31 Dec 2027 23:59:59 GMT|600000",
      })
  void secondsAndDatesAreReadAndBounded(final String value, final long millis) {
    assertThat(refusalMillis(Map.of("retry-after", value))).isEqualTo(millis);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-1",
        "soon",
        "1e9",
        "1,5",
        "..",
        "0x10",
        "٣",
        "NaN",
        "Mon, 99 Nov 2026 12:00:30 GMT"
      })
  void whatCantBeReadIsAsIfItWereNotThere(final String value) {
    assertThat(refusalMillis(Map.of("retry-after", value))).isEqualTo(-1);
    assertThat(refusalMillis(Map.of("retry-after", value, "x-ratelimit-reset-requests", "2s")))
        .isEqualTo(2_000);
  }

  @Test
  void millisecondsAreFinerThanSeconds() {
    assertThat(refusalMillis(Map.of("retry-after", "1", "retry-after-ms", "250"))).isEqualTo(250);
  }

  @Test
  void dateOfTheResponseCountsMoreThanOurClock() {
    assertThat(
            refusalMillis(
                Map.of(
                    "date", "Mon, 23 Nov 2026 12:05:00 GMT",
                    "retry-after", "Mon, 23 Nov 2026 12:05:20 GMT")))
        .isEqualTo(20_000);
  }

  @ParameterizedTest
  @CsvSource({
    "1s,1000",
    "6m0s,360000",
    "12ms,12",
    "1m30.5s,90500",
    "2h,600000",
    "8.64s,8640",
    "20,20000",
    "500us,0",
    "5x,-1",
    "s,-1",
    "5m3,-1",
    "-5s,-1",
    "1s1,-1"
  })
  void resetsOfOpenAiAreRead(final String value, final long millis) {
    assertThat(refusalMillis(Map.of("x-ratelimit-reset-tokens", value))).isEqualTo(millis);
  }

  @Test
  void limitThatIsUsedUpCountsMoreThanOneThatIsNot() {
    final Map<String, String> headers =
        Map.of(
            "x-ratelimit-remaining-requests", "0",
            "x-ratelimit-reset-requests", "2s",
            "x-ratelimit-remaining-tokens", "5000",
            "x-ratelimit-reset-tokens", "6m0s");

    assertThat(refusalMillis(headers)).isEqualTo(2_000);
    assertThat(RetryAfter.ofUsedUpLimit(headers, NOW, MOST)).contains(Duration.ofSeconds(2));
  }

  @Test
  void longestResetCountsWhereNoneIsSaidToBeUsedUp() {
    final Map<String, String> headers =
        Map.of("x-ratelimit-reset-requests", "2s", "x-ratelimit-reset-tokens", "9s");

    assertThat(refusalMillis(headers)).isEqualTo(9_000);
    assertThat(RetryAfter.ofUsedUpLimit(headers, NOW, MOST)).isEmpty();
  }

  @Test
  void resetsOfAnthropicAreTimes() {
    assertThat(
            refusalMillis(
                Map.of(
                    "anthropic-ratelimit-input-tokens-remaining", "0",
                    "anthropic-ratelimit-input-tokens-reset", "2026-11-23T12:00:41Z",
                    "anthropic-ratelimit-requests-remaining", "3",
                    "anthropic-ratelimit-requests-reset", "2026-11-23T12:03:00Z")))
        .isEqualTo(41_000);
    assertThat(
            refusalMillis(Map.of("anthropic-ratelimit-tokens-reset", "2026-11-23T13:00:05+01:00")))
        .isEqualTo(5_000);
  }

  @Test
  void retryAfterCountsMoreThanResets() {
    assertThat(refusalMillis(Map.of("retry-after", "3", "x-ratelimit-reset-requests", "2m0s")))
        .isEqualTo(3_000);
  }

  @Test
  void nothingSaidIsNothing() {
    assertThat(refusalMillis(Map.of())).isEqualTo(-1);
    assertThat(refusalMillis(Map.of("x-ratelimit-limit-requests", "100"))).isEqualTo(-1);
  }

  @Test
  void noTextIsThrownAtOrPausesForLongerThanTheBound() {
    final Random random = new Random(1);
    final String alphabet = "0123456789.hmsnuµ-:TZ, GMTNov+eE\0";
    for (int i = 0; i < 50_000; i++) {
      final StringBuilder value = new StringBuilder();
      for (int length = random.nextInt(45); length > 0; length--) {
        value.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      final Map<String, String> headers = new HashMap<>();
      headers.put(i % 2 == 0 ? "retry-after" : "x-ratelimit-reset-tokens", value.toString());
      headers.put("date", value.toString());
      assertThat(refusalMillis(headers)).isBetween(-1L, MOST.toMillis());
    }
  }
}
