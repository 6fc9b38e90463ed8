package dev.latencylens.harness.provider;

import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How one service speaks OpenAI's chat API: all that tells it from the others, as data.
 *
 * @param id the provider's id: lower-case letters, digits and hyphens
 * @param baseUrl the service's own endpoint, without a trailing slash; plain http on loopback only
 * @param keyVariable the environment variable that its own tools read; empty where it asks for no
 *     key
 * @param usage where the token counts stand
 * @param reasoning where reasoning stands in a delta, of which the first that is there counts;
 *     empty where none is streamed apart from the answer
 * @param streamOptions whether {@code stream_options} is taken; without it, usage comes unasked
 * @param maxTokens the name of the limit on output
 * @param keepAlives whether comments keep the connection alive; they are never content
 * @param severalDeltas whether one chunk may bring several deltas
 * @param exactOutput the fields that fix an answer's length; empty where there are none
 * @param reference the page that says so
 * @param checked the day on which it was compared with that page
 */
public record ChatDialect(
    String id,
    URI baseUrl,
    Optional<String> keyVariable,
    UsagePlace usage,
    List<ReasoningPlace> reasoning,
    boolean streamOptions,
    MaxTokensField maxTokens,
    boolean keepAlives,
    boolean severalDeltas,
    List<LengthField> exactOutput,
    Optional<URI> reference,
    Optional<LocalDate> checked) {

  /** Where a stream has its token counts. */
  public enum UsagePlace {
    /** In {@code usage} of a chunk without choices, after the one with the finish reason. */
    OWN_CHUNK,
    /** In {@code usage} of the chunk with the finish reason. */
    FINISH_CHUNK,
    /** In {@code usage} of every chunk, of which the last counts. */
    EVERY_CHUNK,
    /** In {@code x_groq.usage} of the chunk with the finish reason. */
    X_GROQ
  }

  /** Where a delta has reasoning. */
  public enum ReasoningPlace {
    /** In the field {@code reasoning}. */
    REASONING,
    /** In the field {@code reasoning_content}. */
    REASONING_CONTENT,
    /** In parts of {@code content} that have {@code thinking} where others have {@code text}. */
    CONTENT_PARTS
  }

  /** What the limit on output is called. */
  public enum MaxTokensField {
    /** As OpenAI had it first. */
    MAX_TOKENS,
    /** As OpenAI has it now. */
    MAX_COMPLETION_TOKENS;

    /**
     * The field of the request.
     *
     * @return its name
     */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What keeps a model from ending its answer before the limit. */
  public enum LengthField {
    /** {@code ignore_eos}: the model's own end is passed over. */
    IGNORE_EOS,
    /** {@code min_tokens}: there is no end before so many tokens. */
    MIN_TOKENS
  }

  /** Copies the lists. */
  public ChatDialect {
    reasoning = List.copyOf(reasoning);
    exactOutput = List.copyOf(exactOutput);
  }
}
