package dev.latencylens.harness.fuzz;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * Any bytes end in events or in a broken stream, for each provider's decoder behind its own
 * framing.
 */
final class DecoderFuzzTest {
  private static final DecoderProbe OPENAI_CHAT = DecoderProbe.of("openai");
  private static final DecoderProbe OPENAI_RESPONSES = DecoderProbe.of("openai-responses");
  private static final DecoderProbe AZURE_OPENAI = DecoderProbe.of("azure-openai");
  private static final DecoderProbe ANTHROPIC = DecoderProbe.of("anthropic");
  private static final DecoderProbe GOOGLE = DecoderProbe.of("google");
  private static final DecoderProbe VERTEX_GEMINI = DecoderProbe.of("vertex-gemini");
  private static final DecoderProbe VERTEX_ANTHROPIC = DecoderProbe.of("vertex-anthropic");
  private static final DecoderProbe BEDROCK_CONVERSE = DecoderProbe.of("bedrock-converse");
  private static final DecoderProbe BEDROCK_INVOKE = DecoderProbe.of("bedrock-anthropic");
  private static final DecoderProbe COHERE = DecoderProbe.of("cohere");
  private static final DecoderProbe OLLAMA = DecoderProbe.of("ollama");
  private static final DecoderProbe GENERIC_SSE = DecoderProbe.of("generic");
  private static final DecoderProbe GENERIC_NDJSON = DecoderProbe.of("generic/lines");

  @FuzzTest
  @DictionaryFile(resourcePath = "json.dict")
  void openaiChat(final byte[] body) {
    OPENAI_CHAT.check(body);
  }

  @FuzzTest
  @DictionaryFile(resourcePath = "json.dict")
  void openaiResponses(final byte[] body) {
    OPENAI_RESPONSES.check(body);
  }

  @FuzzTest
  @DictionaryFile(resourcePath = "json.dict")
  void azureOpenai(final byte[] body) {
    AZURE_OPENAI.check(body);
  }

  @FuzzTest
  @DictionaryFile(resourcePath = "json.dict")
  void anthropic(final byte[] body) {
    ANTHROPIC.check(body);
  }

  @FuzzTest
  @DictionaryFile(resourcePath = "json.dict")
  void google(final byte[] body) {
    GOOGLE.check(body);
  }

  @FuzzTest
  @DictionaryFile(resourcePath = "json.dict")
  void vertexGemini(final byte[] body) {
    VERTEX_GEMINI.check(body);
  }

  @FuzzTest
  @DictionaryFile(resourcePath = "json.dict")
  void vertexAnthropic(final byte[] body) {
    VERTEX_ANTHROPIC.check(body);
  }

  @FuzzTest
  @DictionaryFile(resourcePath = "json.dict")
  void bedrockConverse(final byte[] lines) {
    BEDROCK_CONVERSE.check(AwsMessages.ofLines(lines, false), lines);
  }

  @FuzzTest
  @DictionaryFile(resourcePath = "json.dict")
  void bedrockInvoke(final byte[] lines) {
    BEDROCK_INVOKE.check(AwsMessages.ofLines(lines, true), lines);
  }

  @FuzzTest
  @DictionaryFile(resourcePath = "json.dict")
  void cohere(final byte[] body) {
    COHERE.check(body);
  }

  @FuzzTest
  @DictionaryFile(resourcePath = "json.dict")
  void ollama(final byte[] body) {
    OLLAMA.check(body);
  }

  @FuzzTest
  @DictionaryFile(resourcePath = "json.dict")
  void genericSse(final byte[] body) {
    GENERIC_SSE.check(body);
  }

  @FuzzTest
  @DictionaryFile(resourcePath = "json.dict")
  void genericNdjson(final byte[] body) {
    GENERIC_NDJSON.check(body);
  }
}
