package dev.latencylens.harness.secret;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.util.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Encrypts prompts and answers for storage: AES-256-GCM by Google Tink, with a random 96-bit nonce
 * before each ciphertext and a 128-bit tag behind it, so that a text which was changed, or moved to
 * another stream, is not opened. The key is 32 random bytes in base64, as {@code openssl rand
 * -base64 32} prints them. Thread-safe.
 */
public final class TextSeal {
  private static final int KEY_BYTES = 32;

  private final Aead aead;

  private TextSeal(final Aead aead) {
    this.aead = aead;
  }

  /**
   * Makes a seal.
   *
   * @param key 32 bytes in base64; the caller closes it
   * @return the seal, which holds the key until it is collected: Tink offers no way to wipe it
   * @throws KeyAccessException if the key is not of that form
   */
  @AccessesPartialKey
  public static TextSeal of(final Secret key) throws KeyAccessException {
    final List<byte[]> decoded = new ArrayList<>();
    try {
      key.use(text -> decoded.add(Base64.getDecoder().decode(text)));
    } catch (final IllegalArgumentException notBase64) {
      throw unusable();
    }
    final byte[] bytes = decoded.get(0);
    try {
      if (bytes.length != KEY_BYTES) {
        throw unusable();
      }
      AeadConfig.register();
      final AesGcmKey aes =
          AesGcmKey.builder()
              .setParameters(
                  AesGcmParameters.builder()
                      .setKeySizeBytes(KEY_BYTES)
                      .setIvSizeBytes(12)
                      .setTagSizeBytes(16)
                      .setVariant(AesGcmParameters.Variant.NO_PREFIX)
                      .build())
              .setKeyBytes(SecretBytes.copyFrom(bytes, InsecureSecretKeyAccess.get()))
              .build();
      return new TextSeal(
          KeysetHandle.newBuilder()
              .addEntry(KeysetHandle.importKey(aes).withRandomId().makePrimary())
              .build()
              .getPrimitive(RegistryConfiguration.get(), Aead.class));
    } catch (final GeneralSecurityException e) {
      throw new IllegalStateException("AES-256-GCM is not to be had in this Java", e);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private static KeyAccessException unusable() {
    return new KeyAccessException(
        "the key of stored texts must be 32 random bytes in base64: openssl rand -base64 32");
  }

  /**
   * Encrypts a text.
   *
   * @param text what is to be hidden
   * @param context what it belongs to, which is not hidden and must be the same when it is opened
   * @return base64
   */
  public String seal(final String text, final String context) {
    try {
      return Base64.getEncoder()
          .encodeToString(
              aead.encrypt(
                  text.getBytes(StandardCharsets.UTF_8), context.getBytes(StandardCharsets.UTF_8)));
    } catch (final GeneralSecurityException e) {
      throw new IllegalStateException("a text can't be encrypted", e);
    }
  }

  /**
   * Opens what {@link #seal} made.
   *
   * @param sealed base64
   * @param context the same as then
   * @return the text
   * @throws KeyAccessException if the key is another, or the text or its context was changed
   */
  public String open(final String sealed, final String context) throws KeyAccessException {
    try {
      return new String(
          aead.decrypt(
              Base64.getDecoder().decode(sealed), context.getBytes(StandardCharsets.UTF_8)),
          StandardCharsets.UTF_8);
    } catch (final GeneralSecurityException | IllegalArgumentException e) {
      throw new KeyAccessException(
          "a stored text can't be opened: the key is another, or the text was changed");
    }
  }
}
