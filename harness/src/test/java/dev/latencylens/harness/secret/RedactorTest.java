package dev.latencylens.harness.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RedactorTest {
  private static final String KEY_CHARACTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_./+=\"\\%";

  private final Random random = new Random(20261123);

  private String randomKey() {
    final StringBuilder key = new StringBuilder();
    final int length = 12 + random.nextInt(60);
    while (key.length() < length) {
      key.append(KEY_CHARACTERS.charAt(random.nextInt(KEY_CHARACTERS.length())));
    }
    return key.toString();
  }

  private String randomText() {
    final StringBuilder text = new StringBuilder();
    final int length = random.nextInt(40);
    for (int i = 0; i < length; i++) {
      text.appendCodePoint(
          random.nextInt(5) == 0 ? 0x20 + random.nextInt(0x3000) : 'a' + random.nextInt(26));
    }
    return text.toString();
  }

  /** One of the forms in which a key turns up, somewhere in a larger text. */
  private String planted(final String key) {
    final byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    return switch (random.nextInt(7)) {
      case 0 -> URLEncoder.encode(key, StandardCharsets.UTF_8);
      case 1 -> HexFormat.of().formatHex(bytes);
      case 2 -> key.replace("\\", "\\\\").replace("\"", "\\\"");
      case 3 -> base64(Base64.getEncoder(), key);
      case 4 -> base64(Base64.getUrlEncoder().withoutPadding(), key);
      case 5 -> base64(Base64.getMimeEncoder(10_000, new byte[] {'\n'}), key);
      default -> key;
    };
  }

  private String base64(final Base64.Encoder encoder, final String key) {
    final byte[] before = new byte[random.nextInt(7)];
    random.nextBytes(before);
    final byte[] after = new byte[random.nextInt(7)];
    random.nextBytes(after);
    final byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    final byte[] all = new byte[before.length + bytes.length + after.length];
    System.arraycopy(before, 0, all, 0, before.length);
    System.arraycopy(bytes, 0, all, before.length, bytes.length);
    System.arraycopy(after, 0, all, before.length + bytes.length, after.length);
    return encoder.encodeToString(all);
  }

  @Test
  void anOpenKeyIsFoundInEveryFormAtEveryPlace() {
    for (int i = 0; i < 3_000; i++) {
      final String key = randomKey();
      try (Secret open = Secret.of(key)) {
        assertThat(open).isNotNull();
        final String form = planted(key);
        final String redacted = Redactor.redact(randomText() + form + randomText());

        // Of base64, the characters at both ends mix with the neighbours.
        final String middle =
            form.substring(Math.min(12, form.length() / 3), form.length() * 2 / 3);
        assertThat(redacted).as(form).doesNotContain(middle).contains(Redactor.REDACTED);
      }
    }
  }

  @Test
  void aKeyThatWasCutOffIsFoundAtTheEnd() {
    final String key = "Zx81KqPw0dTn5Yc47RbVm3uHs9";
    try (Secret open = Secret.of(key)) {
      assertThat(open).isNotNull();
      for (int length = 8; length <= key.length(); length++) {
        assertThat(Redactor.redact("said: " + key.substring(0, length)))
            .isEqualTo("said: [redacted]");
      }
      assertThat(Redactor.redact("said: " + key.substring(0, 7))).isEqualTo("said: Zx81KqP");
    }
  }

  @Test
  void aWipedKeyIsForgotten() {
    final Secret secret = Secret.of("Zx81KqPw0dTn5");
    secret.close();

    assertThat(Redactor.redact("Zx81KqPw0dTn5")).isEqualTo("Zx81KqPw0dTn5");
  }

  @Test
  void redactingTwiceChangesNothingMore() {
    for (int i = 0; i < 500; i++) {
      final String key = randomKey();
      try (Secret open = Secret.of(key)) {
        assertThat(open).isNotNull();
        final String once =
            Redactor.redact("Authorization: Bearer " + planted(key) + " " + randomText());
        assertThat(Redactor.redact(once)).isEqualTo(once);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sk-proj-MARKED0123456789abcdef",
        "sk-ant-api03-MARKED0123456789-abcdef",
        "sk-or-v1-MARKED0123456789abcdef",
        "AIzaMARKED0123456789abcdefghij",
        "AQ.MARKED0123456789abcdef",
        "AKIAMARKED0123456789",
        "ASIAMARKED0123456789",
        "gsk_MARKED0123456789abcdef",
        "hf_MARKED0123456789abcdef",
        "xai-MARKED0123456789abcdef",
        "ghp_MARKED0123456789abcdef",
        "github_pat_MARKED_0123456789",
        "hvs.MARKED0123456789abcdef",
        "ya29.MARKED-0123456789abcdef",
        "eyJMARKED0123456789.eyJhIjoxfQMARKED.sig-MARKED",
        "Authorization: Bearer MARKED value",
        "authorization=Basic MARKED",
        "\"x-api-key\": \"MARKED\"",
        "x-goog-api-key: MARKED",
        "X-Amz-Security-Token: MARKED",
        "Cookie: session=MARKED; other=MARKED",
        "Set-Cookie: a=MARKED; HttpOnly",
        "http-outgoing-0 >> \"Authorization: Bearer MARKED[\\r][\\n]\"",
        "said Bearer abcMARKED012=",
        "https://example.com/v1?key=MARKED&alt=sse",
        "https://example.com/?a=1&access_token=MARKED#x",
        "https://b.example.com/?X-Amz-Signature=MARKED",
        "-----BEGIN PRIVATE KEY-----\nMARKED/MARKED==\n-----END PRIVATE KEY-----",
        "-----BEGIN RSA PRIVATE KEY-----\nMARKED"
      })
  void whatLooksLikeAKeyIsRedactedThoughNobodyToldOfIt(final String text) {
    assertThat(Redactor.redact("before " + text))
        .startsWith("before ")
        .contains(Redactor.REDACTED)
        .doesNotContain("MARKED");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gpt-4o-mini-2024-07-18 and claude-sonnet-4-5-20250929",
        "chatcmpl-BxY3kLmNoPqRsTuVwXyZ0123456789",
        "req_011CRq7kZ1AbCdEfGhIjKlMn msg_01XFDUDYJgAACzvnptvVoYEL",
        "550e8400-e29b-41d4-a716-446655440000",
        "e507d257b764505f8afd50c0947bfe0f61cf0e29e9e8eb16be7ef4ba796a5b9a",
        "HISTFAAAAB542pNpmSzMwMDAxMgABcxQGkL+//8BQgMAO+IEGQ==",
        "a risk-adjusted-return-on-capital of task-0123456789abcdefgh",
        "the bearer of good news, and basic training",
        "max_tokens=64 monkey=1 token=5",
        "set OPENAI_API_KEY: target openai/gpt-4o-mini needs a key",
        "results/runs/20261123T101500Z-nightly/summary.csv",
        "key: { env: OPENAI_API_KEY }",
        "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
        "Größe 12 ms · 漢字 😀"
      })
  void ordinaryTextsAreLeftAsTheyAre(final String text) {
    assertThat(Redactor.redact(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sk-",
        "sk-a",
        "eyJ",
        "eyJ-",
        "eyJaaaaaaaaa.",
        "bearer ",
        "cookie:",
        "?key=",
        "-----BEGIN PRIVATE KEY-----",
        "AIza",
        "a",
        "\"authorization\": \""
      })
  void noTextTakesLong(final String piece) {
    final String text = piece.repeat(400_000 / piece.length());

    assertTimeoutPreemptively(Duration.ofSeconds(30), () -> Redactor.redact(text));
  }

  @Test
  void aStreamRedactsItsLines() {
    final ByteArrayOutputStream target = new ByteArrayOutputStream();
    try (Secret open = Secret.of("Zx81KqPw0dTn5");
        PrintStream stream = RedactingStream.around(target)) {
      assertThat(open).isNotNull();
      stream.print("a Zx81Kq");
      stream.println("Pw0dTn5 é");
      stream.print("50% Zx81KqPw0dTn5");
      stream.flush();
    }

    assertThat(target.toString(StandardCharsets.UTF_8))
        .isEqualTo("a [redacted] é" + System.lineSeparator() + "50% [redacted]");
  }
}
