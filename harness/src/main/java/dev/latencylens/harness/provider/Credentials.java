package dev.latencylens.harness.provider;

/**
 * What proves to a service who asks. Set on each request just before it is sent; what expires is
 * renewed between streams. Thread-safe.
 */
public interface Credentials extends AutoCloseable {
  /**
   * Renews what has expired or will soon. May wait for the network, so it is called before a
   * stream's time begins, and never on an I/O thread. A failure is kept, and told by {@link
   * #authenticate} once there is nothing valid left.
   */
  default void refresh() {}

  /**
   * Adds the credentials to a request that is about to be sent. Never waits for the network.
   *
   * @param request the encoded request, for services that have it signed
   * @param headers takes the headers; one that the request already has is replaced
   * @throws CredentialsException if there are no valid credentials
   */
  void authenticate(WireRequest request, HeaderSetter headers) throws CredentialsException;

  /**
   * Takes the secrets out of a text that came from outside: a server may echo what it was sent.
   *
   * @param text any text
   * @return the text without them
   */
  String redact(String text);

  /**
   * Where these credentials come from, for the audit log.
   *
   * @return words that name no value
   */
  default String source() {
    return "the provider's own library";
  }

  /** Wipes what can be wiped; may be called more than once. */
  @Override
  void close();

  /**
   * For a service that asks for nothing.
   *
   * @return credentials that set no header
   */
  static Credentials none() {
    return new Credentials() {
      @Override
      public void authenticate(final WireRequest request, final HeaderSetter headers) {}

      @Override
      public String redact(final String text) {
        return text;
      }

      @Override
      public String source() {
        return "nowhere: no key is needed";
      }

      @Override
      public void close() {}
    };
  }
}
