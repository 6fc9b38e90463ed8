package dev.latencylens.harness.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TextSealTest {
  private static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
  private static final String TEXT = "What is my account's balance? Äöü 😀";

  private static TextSeal seal(final String key) throws KeyAccessException {
    try (Secret secret = Secret.of(key)) {
      return TextSeal.of(secret);
    }
  }

  @Test
  void aSealedTextIsOpenedByTheSameKeyForTheSameStream() throws Exception {
    final String sealed = seal(KEY).seal(TEXT, "run/c001/r1-1");

    assertThat(seal(KEY).open(sealed, "run/c001/r1-1")).isEqualTo(TEXT);
    assertThat(new String(Base64.getDecoder().decode(sealed), StandardCharsets.UTF_8))
        .doesNotContain("account");
    assertThat(seal(KEY).seal(TEXT, "run/c001/r1-1")).as("a new nonce").isNotEqualTo(sealed);
  }

  @Test
  void aTextThatWasChangedOrMovedIsNotOpened() throws Exception {
    final TextSeal seal = seal(KEY);
    final byte[] sealed = Base64.getDecoder().decode(seal.seal(TEXT, "run/c001/r1-1"));

    final Random random = new Random(1);
    for (int i = 0; i < 200; i++) {
      final byte[] changed = sealed.clone();
      changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
      assertThatThrownBy(
              () -> seal.open(Base64.getEncoder().encodeToString(changed), "run/c001/r1-1"))
          .isInstanceOf(KeyAccessException.class);
    }
    final String whole = Base64.getEncoder().encodeToString(sealed);
    assertThatThrownBy(() -> seal.open(whole, "run/c001/r1-2"))
        .hasMessage("a stored text can't be opened: the key is another, or the text was changed");
    assertThatThrownBy(
            () -> seal("ZZECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=").open(whole, "run/c001/r1-1"))
        .isInstanceOf(KeyAccessException.class);
    assertThatThrownBy(() -> seal.open("not base64!", "run/c001/r1-1"))
        .isInstanceOf(KeyAccessException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"MARKED", "MARKED!MARKED", "AAECAwQFBgcICQoLDA0ODw=="})
  void whatIsNoKeyOf256BitsIsRefusedAndNotRepeated(final String key) {
    assertThatThrownBy(() -> seal(key))
        .isInstanceOf(KeyAccessException.class)
        .hasNoCause()
        .hasMessage(
            "the key of stored texts must be 32 random bytes in base64: openssl rand -base64 32");
  }
}
