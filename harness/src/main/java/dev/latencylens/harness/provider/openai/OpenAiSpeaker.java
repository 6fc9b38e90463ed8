package dev.latencylens.harness.provider.openai;

import dev.latencylens.harness.provider.ChatDialect;
import dev.latencylens.harness.provider.DialectSpeaker;
import dev.latencylens.harness.provider.Provider;

/** Speaks all dialects of OpenAI's chat API. */
public final class OpenAiSpeaker implements DialectSpeaker {
  /** Makes the speaker. */
  public OpenAiSpeaker() {}

  @Override
  public Provider speaking(final ChatDialect dialect) {
    return new DialectProvider(dialect);
  }
}
