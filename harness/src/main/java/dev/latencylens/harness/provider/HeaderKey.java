package dev.latencylens.harness.provider;

import dev.latencylens.harness.secret.Secret;

/**
 * A key that goes into one header, as most services have it.
 *
 * @param header the header's name
 * @param prefix what stands before the key, such as {@code "Bearer "}; may be empty
 * @param key the key, which is closed with this
 */
public record HeaderKey(String header, String prefix, Secret key) implements Credentials {
  /**
   * A key that goes in {@code Authorization: Bearer}.
   *
   * @param key the key
   * @return its credentials
   */
  public static HeaderKey bearer(final Secret key) {
    return new HeaderKey("Authorization", "Bearer ", key);
  }

  @Override
  public void authenticate(final WireRequest request, final HeaderSetter headers) {
    key.use(value -> headers.set(header, prefix + value));
  }

  @Override
  public String redact(final String text) {
    return key.redact(text);
  }

  @Override
  public void close() {
    key.close();
  }
}
