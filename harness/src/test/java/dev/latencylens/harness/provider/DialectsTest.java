package dev.latencylens.harness.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.harness.config.BundledDialects;
import dev.latencylens.harness.stream.BrokenStreamException;
import dev.latencylens.harness.stream.ContentKind;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Every entry of the table of dialects keeps the contract of every provider. */
final class DialectsTest {
  @Test
  void everyEntryIsHeldToTheContractAndSaysWhereItIsFrom() {
    assertThat(new BundledDialects().dialects())
        .allSatisfy(
            entry -> {
              assertThat(entry.reference()).isPresent();
              assertThat(entry.checked()).isPresent();
            })
        .extracting(ChatDialect::id)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(DialectsTest.class.getDeclaredClasses())
                .map(contract -> contract.getSimpleName().toLowerCase(Locale.ROOT))
                .toList());
  }

  @Nested
  final class Mistral extends DialectContract {
    Mistral() {
      super("mistral");
    }
  }

  @Nested
  final class Groq extends DialectContract {
    Groq() {
      super("groq");
    }
  }

  @Nested
  final class Together extends DialectContract {
    Together() {
      super("together");
    }
  }

  @Nested
  final class Fireworks extends DialectContract {
    Fireworks() {
      super("fireworks");
    }
  }

  @Nested
  final class Deepseek extends DialectContract {
    Deepseek() {
      super("deepseek");
    }
  }

  @Nested
  final class Xai extends DialectContract {
    Xai() {
      super("xai");
    }
  }

  @Nested
  final class Openrouter extends DialectContract {
    Openrouter() {
      super("openrouter");
    }
  }

  @Nested
  final class Perplexity extends DialectContract {
    Perplexity() {
      super("perplexity");
    }

    @Override
    @Test
    protected void reasoningIsContentOfItsOwnKind() throws BrokenStreamException {
      // It stands within the answer, and nothing tells it apart.
      assertThat(recorded.whole(recorded.bytes("reasoning")).content(ContentKind.TEXT))
          .isEqualTo("<think>Thinking.</think>Yes");
    }
  }

  @Nested
  final class Cerebras extends DialectContract {
    Cerebras() {
      super("cerebras");
    }
  }

  @Nested
  final class Vllm extends DialectContract {
    Vllm() {
      super("vllm");
    }
  }

  @Nested
  final class Sglang extends DialectContract {
    Sglang() {
      super("sglang");
    }
  }

  @Nested
  final class Llamacpp extends DialectContract {
    Llamacpp() {
      super("llamacpp");
    }
  }

  @Nested
  final class Lmstudio extends DialectContract {
    Lmstudio() {
      super("lmstudio");
    }
  }
}
