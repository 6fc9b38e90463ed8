package dev.latencylens.harness.provider.openai;

import dev.latencylens.harness.provider.ChatDialect;
import dev.latencylens.harness.provider.Credentials;
import dev.latencylens.harness.provider.HeaderKey;
import dev.latencylens.harness.provider.Keys;
import dev.latencylens.harness.provider.Provider;
import dev.latencylens.harness.provider.StreamApi;
import dev.latencylens.harness.provider.TargetOptions;
import dev.latencylens.harness.secret.MissingKeyException;

/**
 * Any service that speaks OpenAI's chat API in a dialect of its own. A server that asks for no key
 * gets one only where the target names it: no key ever goes to another server unasked.
 *
 * @param dialect how it speaks
 */
record DialectProvider(ChatDialect dialect) implements Provider {
  /** Never looked up: the target names a place. */
  private static final String NAMED_KEY = "DIALECT_API_KEY";

  @Override
  public String id() {
    return dialect.id();
  }

  @Override
  public StreamApi api(final TargetOptions options) {
    return new ChatCompletions(ApiSettings.NONE, dialect);
  }

  @Override
  public Credentials credentials(final TargetOptions options, final Keys keys)
      throws MissingKeyException {
    if (dialect.keyVariable().isEmpty() && !keys.named()) {
      return Credentials.none();
    }
    return HeaderKey.bearer(keys.read(dialect.keyVariable().orElse(NAMED_KEY)));
  }
}
