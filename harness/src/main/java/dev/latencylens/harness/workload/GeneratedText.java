package dev.latencylens.harness.workload;

/**
 * Makes texts that read like English and have a length in tokens: short sentences of common words,
 * then a sentence that says how long the answer is to be.
 *
 * <p>The length is an estimate that knows no tokenizer: each word with the space before it is one
 * token, and so is each full stop. All words are single tokens in cl100k_base and o200k_base, the
 * vocabularies of OpenAI's models, where the estimate is exact but for a token or two; others split
 * some of the words, or join none. What a service adds around a message is not in it.
 *
 * <p>The answer is asked for at least as many words as it is to have tokens. A word is somewhat
 * more than a token, so a model that does as it is told reaches the maximum, which ends its answer
 * at the length that is wanted.
 */
final class GeneratedText {
  private static final String[] DETERMINERS = words(Vocabulary.DETERMINERS);
  private static final String[] OPENERS = words(Vocabulary.OPENERS);
  private static final String[] ADJECTIVES = words(Vocabulary.ADJECTIVES);
  private static final String[] NOUNS = words(Vocabulary.NOUNS);
  private static final String[] VERBS = words(Vocabulary.VERBS);
  private static final String[] ADVERBS = words(Vocabulary.ADVERBS);
  private static final String[] PREPOSITIONS = words(Vocabulary.PREPOSITIONS);

  /**
   * A sentence of each length from {@link #SHORTEST} tokens with its full stop: O opener, D
   * determiner, A adjective, N noun, V verb, R adverb, P preposition.
   */
  private static final String[] SHAPES = {
    "ONVR",
    "OANVR",
    "OANVDN",
    "OANVDAN",
    "ONVDNPDN",
    "OANVDNPDN",
    "OANVDANPDN",
    "OANVDANPDAN",
    "OANVDANPDANR"
  };

  private static final int SHORTEST = 5;
  private static final int LONGEST = SHORTEST + SHAPES.length - 1;

  /** Of the instruction: its words and full stop, and the space that stands before a number. */
  private static final int INSTRUCTION_TOKENS = 11;

  /** Tokenizers take digits in groups of up to three. */
  private static final int DIGITS_OF_A_TOKEN = 3;

  private static final int CHARACTERS_OF_A_TOKEN = 7;

  private GeneratedText() {}

  private static String[] words(final String words) {
    return words.split(" ", -1);
  }

  /**
   * Makes a text.
   *
   * @param tokens its length, from {@link
   *     dev.latencylens.harness.config.Prompts.Generated#LEAST_INPUT_TOKENS}
   * @param answerWords how many words the answer is to have
   * @param random what words are drawn from
   */
  static String of(final int tokens, final int answerWords, final SplitMix64 random) {
    final String number = Integer.toString(answerWords);
    int left =
        tokens - INSTRUCTION_TOKENS - (number.length() + DIGITS_OF_A_TOKEN - 1) / DIGITS_OF_A_TOKEN;
    final StringBuilder text = new StringBuilder(tokens * CHARACTERS_OF_A_TOKEN);
    while (left > 0) {
      final int length = sentenceLength(left, random);
      append(text, SHAPES[length - SHORTEST], random);
      left -= length;
    }
    return text.append("Go on with this text for at least ")
        .append(number)
        .append(" words.")
        .toString();
  }

  /** Leaves nothing, or enough for one more sentence. */
  private static int sentenceLength(final int left, final SplitMix64 random) {
    if (left <= LONGEST) {
      return left;
    }
    final int most = Math.min(LONGEST, left - SHORTEST);
    return SHORTEST + random.below(most - SHORTEST + 1);
  }

  private static void append(
      final StringBuilder text, final String shape, final SplitMix64 random) {
    for (int i = 0; i < shape.length(); i++) {
      if (i > 0) {
        text.append(' ');
      }
      final String[] words = words(shape.charAt(i));
      text.append(words[random.below(words.length)]);
    }
    text.append(". ");
  }

  private static String[] words(final char kind) {
    return switch (kind) {
      case 'O' -> OPENERS;
      case 'D' -> DETERMINERS;
      case 'A' -> ADJECTIVES;
      case 'N' -> NOUNS;
      case 'V' -> VERBS;
      case 'R' -> ADVERBS;
      case 'P' -> PREPOSITIONS;
      default -> throw new IllegalArgumentException("no kind of word: " + kind);
    };
  }
}
