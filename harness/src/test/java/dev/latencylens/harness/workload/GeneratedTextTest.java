package dev.latencylens.harness.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import dev.latencylens.harness.config.Prompts;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GeneratedTextTest {
  @ParameterizedTest
  @EnumSource(names = {"CL100K_BASE", "O200K_BASE"})
  void realTokenizersCountTheTokensThatWereAskedFor(final EncodingType type) {
    final Encoding encoding = Encodings.newDefaultEncodingRegistry().getEncoding(type);
    for (int tokens = Prompts.Generated.LEAST_INPUT_TOKENS;
        tokens < 20_000;
        tokens += 1 + tokens / 3) {
      for (final int words : new int[] {1, 64, 1_000, 1_000_000}) {
        final String text = GeneratedText.of(tokens, words, new SplitMix64(tokens));

        assertThat(encoding.countTokens(text)).as(text).isCloseTo(tokens, within(2));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"CL100K_BASE", "O200K_BASE"})
  void everyWordIsOneToken(final EncodingType type) {
    final Encoding encoding = Encodings.newDefaultEncodingRegistry().getEncoding(type);
    for (final String words :
        new String[] {
          Vocabulary.DETERMINERS,
          Vocabulary.OPENERS,
          Vocabulary.ADJECTIVES,
          Vocabulary.NOUNS,
          Vocabulary.VERBS,
          Vocabulary.ADVERBS,
          Vocabulary.PREPOSITIONS
        }) {
      assertThat(words.split(" ", -1))
          .doesNotHaveDuplicates()
          .allSatisfy(word -> assertThat(encoding.countTokens(" " + word)).isEqualTo(1));
    }
  }

  @Test
  void textIsWholeSentencesAndEndsWithWhatIsAskedFor() {
    for (int tokens = Prompts.Generated.LEAST_INPUT_TOKENS; tokens < 300; tokens++) {
      assertThat(GeneratedText.of(tokens, 77, new SplitMix64(tokens)))
          .matches(
              "([A-Z][a-z]+( [a-z]+){3,11}\\. )+Go on with this text for at least 77 words\\.");
    }
  }

  @Test
  void evenTheShortestTextsDiffer() {
    final Set<String> texts = new HashSet<>();
    for (int seed = 0; seed < 100_000; seed++) {
      texts.add(
          GeneratedText.of(
              Prompts.Generated.LEAST_INPUT_TOKENS,
              1_000_000,
              new SplitMix64(SplitMix64.mix(seed))));
    }

    assertThat(texts).hasSize(100_000);
  }

  @Test
  void theLongestTextIsNotLargerThanAPromptMayBe() {
    assertThat(GeneratedText.of(Prompts.Generated.MOST_INPUT_TOKENS, 1, new SplitMix64(1)).length())
        .isLessThan(1 << 20);
  }
}
