package dev.latencylens.harness.provider.generic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latencylens.harness.framing.FrameDecoder;
import dev.latencylens.harness.framing.FrameSink;
import dev.latencylens.harness.provider.Credentials;
import dev.latencylens.harness.provider.EventDecoder;
import dev.latencylens.harness.provider.Keys;
import dev.latencylens.harness.provider.OneKey;
import dev.latencylens.harness.provider.OptionException;
import dev.latencylens.harness.provider.StreamApi;
import dev.latencylens.harness.provider.TargetOption;
import dev.latencylens.harness.provider.TargetOption.Form;
import dev.latencylens.harness.provider.TargetOptions;
import dev.latencylens.harness.secret.MissingKeyException;
import dev.latencylens.harness.secret.Secret;
import dev.latencylens.harness.stream.ContentKind;
import dev.latencylens.harness.stream.EventCollector;
import dev.latencylens.harness.stream.StreamEvent;
import dev.latencylens.harness.stream.StreamEvent.Content;
import dev.latencylens.harness.stream.StreamEvent.Failed;
import dev.latencylens.harness.stream.StreamEvent.Finished;
import dev.latencylens.harness.stream.StreamEvent.Terminated;
import dev.latencylens.harness.stream.StreamEvent.UsageReported;
import dev.latencylens.harness.stream.StreamRequest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;

final class GenericOptionsTest {
  private static final GenericProvider PROVIDER = new GenericProvider();
  private static final String EVENTS = "{\"text\":\"/t\",\"end\":\"/end\"}";
  private static final StreamRequest TALK =
      new StreamRequest(
          "r1",
          "some-model",
          Optional.of("Be brief."),
          List.of(
              new StreamRequest.Message(StreamRequest.Role.USER, "Hi ${model} \\$"),
              new StreamRequest.Message(StreamRequest.Role.ASSISTANT, "Hello.")),
          OptionalInt.empty(),
          OptionalDouble.empty(),
          OptionalLong.of(7),
          List.of(),
          Optional.empty(),
          OptionalInt.empty(),
          List.of(),
          Optional.empty());

  @Test
  void aPlaceholderBecomesItsValueOrTakesItsFieldWithIt() throws Exception {
    assertThat(
            filled(
                "{\"p\":\"${prompt}\",\"n\":\"${seed}\",\"t\":\"seed ${seed} of ${model}\","
                    + "\"none\":\"${temperature}\",\"nor\":\"at ${temperature}\","
                    + "\"list\":[1,null,\"${max_output_tokens}\",\"${seed}\",{\"a\":\"${stop}\"}],"
                    + "\"b\":true,\"c\":\"$ {model} $\"}"))
        .isEqualTo(
            "{\"p\":\"Hi ${model} \\\\$\\n\\nHello.\",\"n\":7,\"t\":\"seed 7 of some-model\","
                + "\"list\":[1,null,7,{}],\"b\":true,\"c\":\"$ {model} $\"}");
  }

  @Test
  void theSystemPromptStandsFirstAmongTheMessagesUnlessItHasAPlaceOfItsOwn() throws Exception {
    assertThat(filled("{\"m\":\"${messages}\"}"))
        .startsWith("{\"m\":[{\"role\":\"system\",\"content\":\"Be brief.\"},{\"role\":\"user\"");
    assertThat(filled("{\"s\":\"${system}\",\"m\":\"${messages}\"}"))
        .startsWith("{\"s\":\"Be brief.\",\"m\":[{\"role\":\"user\"");
  }

  @Test
  void aTemplateThatCannotBeFilledIsRefused() {
    refused("request", "{\"a\":[{\"b\":\"x ${promt}\"}]}", EVENTS)
        .contains("unknown placeholder \"promt\"; known are model, prompt, system, messages");
    refused("request", "{\"a\":\"${sk-live-0123456789}\"}", EVENTS)
        .contains("(not shown)")
        .doesNotContain("sk-live");
    refused("request", "{\"a\":\"${model\"}", EVENTS).contains("without its }: model");
    refused("request", "{\"a\":\"go ${messages}\"}", EVENTS).contains("${messages}");
    refused("request", "{\"${model}\":1}", EVENTS).contains("in the name of a field");
    refused("request", "[]", EVENTS).contains("must be a mapping");
  }

  @Test
  void placesThatCannotBeFoundAreRefused() {
    refused("events", "{}", "{\"text\":\"/t\",\"finish\":\"/f\",\"end\":\"/e\"}")
        .contains("unknown name \"finish\"; known are text, reasoning, tool_arguments");
    refused("events", "{}", "{\"text\":\"t\",\"end\":\"/e\"}")
        .contains("JSON Pointer such as /delta/text as text, or several in a list");
    refused("events", "{}", "{\"text\":\"/t\",\"end\":[\"/e\",\"/f\"]}").contains("as end");
    refused("events", "{}", "{\"end\":\"/e\"}").contains("text, reasoning or tool_arguments");
    refused("events", "{}", "{\"text\":\"/t\"}").contains("finish_reason, end or end_text");
    refused("events", "{}", "{\"text\":\"/t\",\"end_text\":\" \"}").contains("end_text");
    refused("events", "{}", "{\"text\":\"/t\",\"end\":{\"pointer\":\"/e\",\"is\":1}}")
        .contains("unknown name \"is\" under end");
    refused("events", "{}", "{\"text\":\"/t\",\"end\":{\"equals\":1}}").contains("as end");
    refused("events", "{}", "{\"text\":\"/t\",\"end\":{\"pointer\":\"/e\",\"equals\":1.5}}")
        .contains("as equals under end");
    refused("events", "{}", "{\"text\":[\"/t\",\"/t/u\"],\"end\":\"/e\"}")
        .contains("value of text a second time");
    refused("events", "{}", "[]").contains("must be a mapping");
  }

  @Test
  void contentIsFoundAtEveryPlaceInTheOrderOfTheEvent() throws Exception {
    final StreamApi api =
        api(
            "{\"text\":[\"/out/0/text\",\"/message/a~1b\"],\"reasoning\":\"/out/1/text\","
                + "\"tool_arguments\":\"/call/arguments\",\"finish_reason\":\"/why\"}");

    assertThat(
            read(
                api,
                "{\"out\":[{\"text\":\"a\"},{\"text\":\"b\"},{\"text\":\"no\"}]}",
                "{\"call\":{\"arguments\":{\"x\": [1, 2]}},\"message\":{\"a/b\":\"c\",\"a\":\"no\"}}",
                "{\"out\":{\"0\":{\"text\":\"d\"}},\"why\":\"done\"}"))
        .containsExactly(
            new Content(ContentKind.TEXT, "a"),
            new Content(ContentKind.REASONING, "b"),
            new Content(ContentKind.TOOL_ARGUMENTS, "{\"x\":[1,2]}"),
            new Content(ContentKind.TEXT, "c"),
            new Content(ContentKind.TEXT, "d"),
            new Finished("done"));
  }

  @Test
  void theEndIsAValueThatIsThereOrTheOneThatIsNamed() throws Exception {
    final String anything = "\"/e\"";
    assertThat(ends(anything, "true", "0", "\"\"", "{}", "[1]", "\"x\"")).isTrue();
    assertThat(ends(anything, "false")).isFalse();
    assertThat(ends(anything, "null")).isFalse();
    final String word = "{\"pointer\":\"/e\",\"equals\":\"done\"}";
    assertThat(ends(word, "\"done\"")).isTrue();
    for (final String other : List.of("\"Done\"", "true", "1", "{\"done\":1}", "null")) {
      assertThat(ends(word, other)).as(other).isFalse();
    }
    final String no = "{\"pointer\":\"/e\",\"equals\":false}";
    assertThat(ends(no, "false")).isTrue();
    for (final String other : List.of("true", "null", "0", "{}")) {
      assertThat(ends(no, other)).as(other).isFalse();
    }
    final String yes = "{\"pointer\":\"/e\",\"equals\":true}";
    assertThat(ends(yes, "true")).isTrue();
    assertThat(ends(yes, "1")).isFalse();
    final String number = "{\"pointer\":\"/e\",\"equals\":3}";
    assertThat(ends(number, "3")).isTrue();
    assertThat(ends(number, "4")).isFalse();
  }

  @Test
  void oneValueMayMeanSeveralThings() throws Exception {
    final StreamApi api =
        api("{\"text\":\"/t\",\"finish_reason\":\"/why\",\"end\":\"/why\",\"model\":\"/why\"}");

    assertThat(read(api, "{\"t\":\"a\",\"why\":null}", "{\"why\":\"stop\"}"))
        .contains(new Finished("stop"))
        .endsWith(new Terminated())
        .hasSize(4);
  }

  @Test
  void theBestErrorTypeIsReportedOnceAndAnErrorWithoutOneStillCounts() throws Exception {
    final StreamApi api =
        api(
            "{\"text\":\"/t\",\"end\":\"/e\",\"error_type\":[\"/error/kind\",\"/error/code\",\"/error\"]}");

    assertThat(read(api, "{\"error\":{\"code\":502,\"kind\":\"overloaded\"}}"))
        .containsExactly(new Failed("overloaded"));
    assertThat(read(api, "{\"error\":{\"kind\":\"not a word\",\"code\":502}}"))
        .containsExactly(new Failed("502"));
    assertThat(read(api, "{\"error\":{\"text\":\"FREETEXT\"}}"))
        .containsExactly(new Failed("error"));
    assertThat(read(api, "{\"error\":\"FREE TEXT\"}")).containsExactly(new Failed("error"));
    assertThat(read(api, "{\"error\":null}")).isEmpty();
    assertThat(api.errorType("{\"error\":{\"code\":502,\"kind\":\"busy\"".getBytes(UTF_8)))
        .contains("busy");
  }

  @Test
  void reasoningThatWasCountedButNotSeenIsUnknownUnlessTheTargetSays() throws Exception {
    final String usage = "{\"n\":{\"out\":9,\"r\":5}}";
    assertThat(unstreamed("", usage)).isEmpty();
    assertThat(unstreamed("", "{\"why\":\"hm\"}", usage)).isEmpty();
    assertThat(unstreamed("", "{\"think\":\"hm\"}", usage)).hasValue(0);
    assertThat(unstreamed("", "{\"n\":{\"out\":9,\"r\":0}}")).hasValue(0);
    assertThat(unstreamed("", "{\"n\":{\"out\":9}}")).hasValue(0);
    assertThat(unstreamed("true", usage)).hasValue(0);
    assertThat(unstreamed("false", usage)).hasValue(5);
    assertThat(unstreamed("false", "{\"n\":{\"out\":9}}")).isEmpty();
  }

  @Test
  void usageThatComesWithEveryPieceIsReportedOnce() throws Exception {
    final StreamApi api = api("{\"text\":\"/t\",\"output_tokens\":\"/n\",\"end\":\"/e\"}");

    assertThat(read(api, "{\"t\":\"a\",\"n\":1}", "{\"t\":\"b\",\"n\":2,\"e\":1}"))
        .filteredOn(UsageReported.class::isInstance)
        .singleElement()
        .satisfies(event -> assertThat(((UsageReported) event).usage().outputTokens()).hasValue(2));
  }

  @Test
  void theKeyIsTheOneThatTheTargetNames() throws Exception {
    assertThat(header("{}")).containsExactly(Map.entry("Authorization", "Bearer k-1"));
    assertThat(header("{\"auth_prefix\":\"Token \"}"))
        .containsExactly(Map.entry("Authorization", "Token k-1"));
    assertThat(header("{\"auth_header\":\"x-generic-key\"}"))
        .containsExactly(Map.entry("x-generic-key", "k-1"));
    assertThatThrownBy(() -> PROVIDER.credentials(TargetOptions.NONE, new Unnamed(false)))
        .isInstanceOf(MissingKeyException.class)
        .hasMessageContaining("key: { env: NAME }, or key: none");
    PROVIDER.credentials(TargetOptions.NONE, new Unnamed(true)).close();
  }

  @Test
  void anyPathThatPassesTheCheckMakesAUri() {
    final Form.Text path = (Form.Text) option("path").form();
    for (final String good : List.of("", "/", "/v1/a-b:c@d", "/a?b=c&d=%20", "/a~_.!$'()*+,;")) {
      assertThat(good).matches(path.allowed());
      assertThat(URI.create("https://example.com/x" + good).getHost()).isEqualTo("example.com");
    }
    for (final String bad :
        List.of("a", "/a b", "/a#b", "/%zz", "/ü", "/a\n", ".evil.com", "@b", "/a?api_key=b")) {
      assertThat(path.allowed().matcher(bad).matches()).as(bad).isFalse();
    }
  }

  @Test
  void aVeryLongPathIsCheckedLikeAnyOther() {
    final Form.Text path = (Form.Text) option("path").form();
    assertThat(path.allowed().matcher("/" + "a".repeat(100_000)).matches()).isTrue();
    assertThat(path.allowed().matcher("/" + "a".repeat(100_000) + " ").matches()).isFalse();
  }

  private static String filled(final String template) throws OptionException {
    final StreamApi api =
        PROVIDER.api(Described.options("{\"request\":" + template + ",\"events\":" + EVENTS + "}"));
    return new String(api.encode(URI.create("https://example.com"), TALK).body(), UTF_8);
  }

  private static AbstractStringAssert<?> refused(
      final String option, final String template, final String events) {
    final TargetOptions options =
        Described.options("{\"request\":" + template + ",\"events\":" + events + "}");
    final OptionException refusal =
        catchThrowableOfType(OptionException.class, () -> PROVIDER.api(options));
    assertThat(refusal).as("%s %s", template, events).isNotNull();
    assertThat(refusal.option()).isEqualTo(option);
    return assertThat(refusal.getMessage());
  }

  private static StreamApi api(final String events) throws OptionException {
    return PROVIDER.api(
        Described.options("{\"framing\":\"ndjson\",\"request\":{},\"events\":" + events + "}"));
  }

  private static List<StreamEvent> read(final StreamApi api, final String... lines)
      throws Exception {
    final EventCollector events = new EventCollector();
    final FrameDecoder frames = api.newFrameDecoder(1 << 20);
    final EventDecoder decoder = api.newEventDecoder();
    final FrameSink sink = frame -> decoder.decode(frame, events);
    final byte[] body = (String.join("\n", lines) + "\n").getBytes(UTF_8);
    frames.decode(body, 0, body.length, sink);
    frames.end(sink);
    decoder.end(events);
    return events.events();
  }

  private static boolean ends(final String end, final String... values) throws Exception {
    final StreamApi api = api("{\"text\":\"/t\",\"end\":" + end + "}");
    boolean all = true;
    for (final String value : values) {
      all &= read(api, "{\"e\":" + value + "}").contains(new Terminated());
    }
    return all;
  }

  private static OptionalLong unstreamed(final String streamed, final String... lines)
      throws Exception {
    final String option = streamed.isEmpty() ? "" : "\"reasoning_streamed\":\"" + streamed + "\",";
    final StreamApi api =
        PROVIDER.api(
            Described.options(
                "{"
                    + option
                    + "\"framing\":\"ndjson\",\"request\":{},\"events\":{\"reasoning\":\"/think\","
                    + "\"output_tokens\":\"/n/out\",\"reasoning_tokens\":\"/n/r\",\"end\":\"/e\"}}"));
    final List<StreamEvent> events = read(api, lines);
    return ((UsageReported) events.get(events.size() - 1)).usage().unstreamedTokens();
  }

  private static Map<String, String> header(final String options) throws Exception {
    final Map<String, String> headers = new TreeMap<>();
    try (Credentials credentials =
        PROVIDER.credentials(Described.options(options), new OneKey("k-1"))) {
      credentials.authenticate(
          api(EVENTS).encode(URI.create("https://example.com"), TALK), headers::put);
    }
    return headers;
  }

  private static TargetOption option(final String name) {
    return PROVIDER.options().stream()
        .filter(option -> option.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** The keys of a target that names none. */
  private record Unnamed(boolean madeUp) implements Keys {
    @Override
    public Secret read(final String ownVariable) {
      return Secret.of("made-up-key");
    }

    @Override
    public boolean named() {
      return false;
    }

    @Override
    public boolean has(final String variable) {
      return false;
    }
  }
}
