package dev.latencylens.harness.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latencylens.harness.config.Dialogue;
import dev.latencylens.harness.config.ModelSettings;
import dev.latencylens.harness.config.Prompts;
import dev.latencylens.harness.config.Prompts.Lines.Order;
import dev.latencylens.harness.config.Target;
import dev.latencylens.harness.config.TokenRange;
import dev.latencylens.harness.config.Workload;
import dev.latencylens.harness.provider.Providers;
import dev.latencylens.harness.provider.StreamApi;
import dev.latencylens.harness.stream.StreamRequest;
import dev.latencylens.harness.stream.StreamRequest.Message;
import dev.latencylens.harness.stream.StreamRequest.Role;
import java.net.URI;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RequestSequenceTest {
  private static final URI ENDPOINT = URI.create("https://127.0.0.1:1/v1");
  private static final Target TARGET = Target.of("openai", "gpt");
  private static final Prompts GENERATED =
      new Prompts.Generated(new TokenRange(40, 60), new TokenRange(10, 20));
  private static final Optional<String> NO_SYSTEM = Optional.empty();

  private static Workload workload(
      final Prompts prompts, final Optional<String> system, final boolean cacheBusting) {
    return new Workload("w", prompts, system, cacheBusting, 64, ModelSettings.NONE);
  }

  private static Prompts.Lines lines(final int count, final Order order) {
    return new Prompts.Lines(
        "p.jsonl",
        "0".repeat(64),
        order,
        IntStream.range(0, count).mapToObj(i -> dialogue("prompt " + i)).toList());
  }

  private static Dialogue dialogue(final String prompt) {
    return new Dialogue(
        Optional.empty(), List.of(new Message(Role.USER, prompt)), OptionalInt.empty());
  }

  private static RequestSequence sequence(
      final Workload workload, final long seed, final int block) {
    return RequestSequence.of(TARGET, workload, seed, block);
  }

  private static List<String> prompts(final RequestSequence sequence, final int count) {
    return LongStream.rangeClosed(1, count)
        .mapToObj(number -> sequence.request("x", number).messages().get(0).text())
        .toList();
  }

  private static String sha256(final RequestSequence sequence, final long count) throws Exception {
    return sequence.sha256(api(), ENDPOINT, count);
  }

  private static StreamApi api() throws Exception {
    return Providers.load().get("openai").api(TARGET.options());
  }

  /**
   * If this changes, the requests of every seed that anybody has noted have changed. The texts were
   * made a second time by another program, written from the description.
   */
  @Test
  void requestsOfASeedAreTheSameOnEveryMachineAndInEveryVersion() throws Exception {
    final RequestSequence sequence =
        sequence(workload(GENERATED, Optional.of("Be brief."), true), 42, 3);

    assertThat(sequence.request("a", 7).system()).contains("[04ff208515399cd0] Be brief.");
    assertThat(sequence.request("a", 7).messages().get(0).text())
        .isEqualTo(
            "That door discovered together. Our tree moved every city along their flower. Your"
                + " famous cat needed some fresh garden beside one early river. Some hidden market"
                + " avoided the village. That gentle soldier protected each silver horse below your"
                + " narrow morning. Go on with this text for at least 17 words.");
    assertThat(sha256(sequence, 100))
        .isEqualTo("34b0bb974c8a3cdeee9ec44fd5bfaed6db0ea82ce3ef1f3a5c467484e4f10521");
    assertThat(prompts(sequence(workload(lines(8, Order.SHUFFLED), NO_SYSTEM, false), 42, 3), 8))
        .extracting(prompt -> prompt.substring("prompt ".length()))
        .containsExactly("4", "2", "0", "6", "3", "5", "1", "7");
  }

  @Test
  void sameSeedGivesTheSameBytesInWhateverOrderTheyAreAskedFor() {
    final RequestSequence first = sequence(workload(GENERATED, NO_SYSTEM, true), 5, 1);
    final RequestSequence second = sequence(workload(GENERATED, NO_SYSTEM, true), 5, 1);
    final List<Long> numbers = new ArrayList<>(LongStream.rangeClosed(1, 500).boxed().toList());
    Collections.shuffle(numbers, new Random(1));

    assertThat(numbers)
        .allSatisfy(
            number ->
                assertThat(second.request("x", number)).isEqualTo(first.request("x", number)));
  }

  @Test
  void cellsOfABlockAskTheSameWhateverTheirTarget() {
    final Workload workload = workload(GENERATED, NO_SYSTEM, true);
    final StreamRequest one = sequence(workload, 5, 1).request("x", 9);
    final StreamRequest other =
        RequestSequence.of(Target.of("anthropic", "claude"), workload, 5, 1).request("x", 9);

    assertThat(other.model()).isEqualTo("claude");
    assertThat(other.messages()).isEqualTo(one.messages());
    assertThat(other.maxOutputTokens()).isEqualTo(one.maxOutputTokens());
  }

  @Test
  void anotherSeedOrBlockGivesOtherGeneratedPromptsAndPrefixesAndHashes() throws Exception {
    for (final Workload workload :
        List.of(
            workload(GENERATED, NO_SYSTEM, false),
            workload(new Prompts.Text("Hello"), NO_SYSTEM, true))) {
      final Set<String> prompts = new HashSet<>();
      final Set<String> hashes = new HashSet<>();
      for (long seed = 0; seed < 4; seed++) {
        for (int block = 1; block <= 4; block++) {
          prompts.addAll(prompts(sequence(workload, seed, block), 1_000));
          hashes.add(sha256(sequence(workload, seed, block), 10));
        }
      }

      assertThat(prompts).hasSize(16_000);
      assertThat(hashes).hasSize(16);
    }
  }

  @Test
  void generatedLengthsStayInTheirRangesAndReachTheirEnds() {
    final RequestSequence sequence = sequence(workload(GENERATED, NO_SYSTEM, false), 1, 1);
    final Set<Integer> outputs = new HashSet<>();
    for (int number = 1; number <= 1_000; number++) {
      final StreamRequest request = sequence.request("x", number);
      outputs.add(request.maxOutputTokens().orElseThrow());
      assertThat(request.messages().get(0).text())
          .endsWith("at least " + request.maxOutputTokens().orElseThrow() + " words.");
    }

    assertThat(outputs).containsExactlyInAnyOrder(10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20);
  }

  @Test
  void linesAreAskedInTurnAndThenAgain() {
    assertThat(prompts(sequence(workload(lines(3, Order.IN_TURN), NO_SYSTEM, false), 1, 1), 7))
        .containsExactly(
            "prompt 0", "prompt 1", "prompt 2", "prompt 0", "prompt 1", "prompt 2", "prompt 0");
  }

  @Test
  void shuffledLinesAreAllAskedInEachPassAndInAnotherOrderInEachBlock() {
    final Workload workload = workload(lines(50, Order.SHUFFLED), NO_SYSTEM, false);
    final List<String> block1 = prompts(sequence(workload, 1, 1), 100);

    assertThat(block1.subList(0, 50)).doesNotHaveDuplicates().isEqualTo(block1.subList(50, 100));
    assertThat(prompts(sequence(workload, 1, 2), 50)).isNotEqualTo(block1.subList(0, 50));
    assertThat(prompts(sequence(workload, 2, 1), 50)).isNotEqualTo(block1.subList(0, 50));
  }

  @Test
  void aLineHasItsOwnSystemPromptAndMaximumBeforeTheWorkloads() {
    final Dialogue own =
        new Dialogue(
            Optional.of("Own."),
            List.of(
                new Message(Role.USER, "a"),
                new Message(Role.ASSISTANT, "b"),
                new Message(Role.USER, "c")),
            OptionalInt.of(5));
    final Prompts prompts =
        new Prompts.Lines("f", "0".repeat(64), Order.IN_TURN, List.of(own, dialogue("d")));
    final RequestSequence sequence =
        sequence(workload(prompts, Optional.of("Shared."), false), 1, 1);

    assertThat(sequence.request("x", 1).system()).contains("Own.");
    assertThat(sequence.request("x", 1).messages()).isEqualTo(own.messages());
    assertThat(sequence.request("x", 1).maxOutputTokens()).hasValue(5);
    assertThat(sequence.request("x", 2).system()).contains("Shared.");
    assertThat(sequence.request("x", 2).maxOutputTokens()).hasValue(64);
    assertThat(workload(prompts, NO_SYSTEM, false).mostOutputTokens()).isEqualTo(64);
    assertThat(workload(GENERATED, NO_SYSTEM, false).mostOutputTokens()).isEqualTo(20);
  }

  @Test
  void everyPrefixIsAnotherOneOfTheSameLengthAtTheVeryBeginning() {
    final Set<String> prefixes = new HashSet<>();
    for (int block = 0; block < 10; block++) {
      final RequestSequence sequence =
          sequence(workload(new Prompts.Text("Hello"), NO_SYSTEM, true), 1, block);
      for (int number = 1; number <= 10_000; number++) {
        final String prompt = sequence.request("x", number).messages().get(0).text();
        assertThat(prompt).matches("\\[[0-9a-f]{16}] Hello");
        prefixes.add(prompt);
      }
    }

    assertThat(prefixes).hasSize(100_000);
  }

  @Test
  void aPrefixStandsBeforeTheSystemPromptWhereThereIsOneAndElseBeforeTheFirstTurn() {
    final Prompts conversation =
        new Prompts.Conversation(
            List.of(
                new Message(Role.USER, "a"),
                new Message(Role.ASSISTANT, "b"),
                new Message(Role.USER, "c")));
    final StreamRequest with =
        sequence(workload(conversation, Optional.of("Be brief."), true), 1, 1).request("x", 1);
    final StreamRequest without =
        sequence(workload(conversation, NO_SYSTEM, true), 1, 1).request("x", 1);

    assertThat(with.system().orElseThrow()).matches("\\[[0-9a-f]{16}] Be brief\\.");
    assertThat(with.messages()).extracting(Message::text).containsExactly("a", "b", "c");
    assertThat(without.system()).isEmpty();
    assertThat(without.messages().get(0).text()).matches("\\[[0-9a-f]{16}] a");
    assertThat(without.messages()).extracting(Message::text).endsWith("b", "c");
  }

  @Test
  void warmUpAsksWhatNoMeasuredRequestAsks() {
    final Prompts hostile =
        new Prompts.Lines(
            "f",
            "0".repeat(64),
            Order.IN_TURN,
            List.of(dialogue("Warm the client up."), dialogue("Warm the client up. Again.")));
    for (final Prompts prompts :
        List.of(
            hostile,
            new Prompts.Text("Warm the client up."),
            GENERATED,
            lines(5, Order.SHUFFLED))) {
      for (final boolean cacheBusting : new boolean[] {true, false}) {
        final RequestSequence sequence = sequence(workload(prompts, NO_SYSTEM, cacheBusting), 1, 1);
        final String warmUp = sequence.warmUp("w1", "m", 64).messages().get(0).text();

        assertThat(prompts(sequence, 100)).doesNotContain(warmUp);
        assertThat(warmUp).startsWith("Warm the client up.");
      }
    }
  }

  @Test
  void hashIsThatOfTheHashesOfTheBodiesSoThatAnyReaderCanMakeItAgain() throws Exception {
    for (final Workload workload :
        List.of(
            workload(GENERATED, NO_SYSTEM, true),
            workload(GENERATED, NO_SYSTEM, false),
            workload(new Prompts.Text("Hello"), NO_SYSTEM, false),
            workload(lines(7, Order.SHUFFLED), Optional.of("Be brief."), false),
            workload(lines(7, Order.IN_TURN), NO_SYSTEM, true))) {
      final RequestSequence sequence = sequence(workload, 11, 2);
      final MessageDigest whole = MessageDigest.getInstance("SHA-256");
      for (long number = 1; number <= 20; number++) {
        final byte[] body = api().encode(ENDPOINT, sequence.request("any", number)).body();
        whole.update(MessageDigest.getInstance("SHA-256").digest(body));
      }

      assertThat(sha256(sequence, 20)).isEqualTo(HexFormat.of().formatHex(whole.digest()));
    }
  }

  @Test
  void aMillionEqualRequestsAreHashedWithoutEncodingThemAll() throws Exception {
    final StreamApi api = api();
    final List<StreamRequest> encoded = new ArrayList<>();
    final StreamApi counting = new EncodingCounter(api, encoded::add);
    final Workload large = workload(new Prompts.Text("x".repeat(1 << 20)), NO_SYSTEM, false);

    assertThat(sequence(large, 1, 1).sha256(counting, ENDPOINT, 1_000_000)).hasSize(64);
    assertThat(encoded).hasSize(1);
  }

  @Test
  void numbersAndBlocksOutOfRangeAreRefused() {
    final Workload workload = workload(GENERATED, NO_SYSTEM, true);

    assertThatThrownBy(() -> sequence(workload, 1, 1).request("x", 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> sequence(workload, 1, 1).request("x", 1L << 40))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> sequence(workload, 1, -1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> sequence(workload, 1, 1 << 23))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
