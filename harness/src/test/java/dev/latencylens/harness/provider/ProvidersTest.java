package dev.latencylens.harness.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class ProvidersTest {
  private final Providers providers = Providers.load();

  @Test
  void findsTheProvidersOfThisModule() {
    assertThat(providers.ids()).contains("anthropic", "google", "openai").isSorted();
    assertThat(providers.get("openai").id()).isEqualTo("openai");
  }

  @Test
  void namesTheNearestForASlipOfTheFinger() {
    assertThatThrownBy(() -> providers.get("opneai"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "unknown provider \"opneai\" (did you mean \"openai\"?); known are "
                + String.join(", ", providers.ids()));
  }

  @Test
  void namesOnlyTheKnownForAWordThatIsFarFromAll() {
    assertThatThrownBy(() -> providers.get("q"))
        .hasMessage("unknown provider \"q\"; known are " + String.join(", ", providers.ids()));
  }
}
