package dev.latencylens.harness.provider.anthropic;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.latencylens.harness.provider.ChatFields;
import dev.latencylens.harness.provider.OptionException;
import dev.latencylens.harness.provider.TargetOption;
import dev.latencylens.harness.provider.TargetOptions;
import dev.latencylens.harness.stream.StreamRequest;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The body of a request for a message, but for what stands elsewhere where other services serve it:
 * model, {@code stream} and version. By Anthropic's API reference
 * (https://platform.claude.com/docs/en/api/messages/create), and its pages on effort and adaptive
 * thinking, all as of November 2026. The API has no seed: one that is asked for is not sent.
 *
 * <p>The reasoning effort goes as {@code output_config.effort}. A thinking budget goes as {@code
 * budget_tokens}, which models up to Claude 4.6 take and later ones refuse: a target of those says
 * {@code thinking: adaptive}, and the budget is not sent. A temperature other than their default is
 * refused by the later ones too; what is asked for is sent, and the refusal is the service's to
 * make. {@code between_tools} is how Claude Sonnet 5.5 is kept from thinking before it answers.
 *
 * @param thinking {@code adaptive}, {@code disabled} or {@code between_tools}; where it is absent
 *     the budget decides, and one of 0 disables
 * @param display {@code summarized} or {@code omitted}: whether thinking is shown
 */
public record AnthropicBody(Optional<String> thinking, Optional<String> display) {
  /**
   * The limit on output where a request names none, in tokens: the API demands one. It is that of
   * the reference's own examples.
   */
  public static final int DEFAULT_MAX_TOKENS = 1024;

  private static final String THINKING = "thinking";
  private static final String DISPLAY = "thinking_display";
  private static final String ADAPTIVE = "adaptive";
  private static final String ENABLED = "enabled";
  private static final String DISABLED = "disabled";

  /** The kinds of thinking whose display can be chosen. */
  private static final Set<String> SHOWABLE = Set.of(ADAPTIVE, ENABLED);

  /**
   * What a target says of thinking.
   *
   * @param options the target's
   * @return the body's settings
   * @throws OptionException if the display of thinking is chosen where there is none
   */
  public static AnthropicBody of(final TargetOptions options) throws OptionException {
    final AnthropicBody body = new AnthropicBody(options.text(THINKING), options.text(DISPLAY));
    if (body.display.isPresent() && !body.thinking.map(SHOWABLE::contains).orElse(true)) {
      throw new OptionException(
          DISPLAY, "has nothing to show unless thinking is adaptive or has a budget");
    }
    return body;
  }

  /**
   * The options that {@link #of} reads.
   *
   * @return in the order of the documentation
   */
  public static List<TargetOption> options() {
    return List.of(
        TargetOption.choice(
            THINKING,
            "by the workload's thinking_budget, else the model's default",
            "Whether the model thinks: as it sees fit, as the newest models have it, or not, or"
                + " only between calls of tools.",
            ADAPTIVE,
            DISABLED,
            "between_tools"),
        TargetOption.choice(
            DISPLAY,
            "the model's default",
            "Whether a summary of the thinking is streamed.",
            "summarized",
            "omitted"));
  }

  /**
   * Writes the fields.
   *
   * @param request what is asked
   * @param json stands within the body's object
   * @throws IOException if the generator can't write
   */
  public void writeFields(final StreamRequest request, final JsonGenerator json)
      throws IOException {
    json.writeNumberField("max_tokens", request.maxOutputTokens().orElse(DEFAULT_MAX_TOKENS));
    if (request.system().isPresent()) {
      json.writeStringField("system", request.system().get());
    }
    json.writeArrayFieldStart("messages");
    for (final StreamRequest.Message message : request.messages()) {
      json.writeStartObject();
      json.writeStringField("role", message.role().name().toLowerCase(Locale.ROOT));
      json.writeStringField("content", message.text());
      json.writeEndObject();
    }
    json.writeEndArray();
    if (request.temperature().isPresent()) {
      json.writeNumberField("temperature", request.temperature().getAsDouble());
    }
    ChatFields.writeTexts("stop_sequences", request.stop(), json);
    writeThinking(request, json);
    if (request.reasoningEffort().isPresent()) {
      json.writeObjectFieldStart("output_config");
      json.writeStringField("effort", request.reasoningEffort().get());
      json.writeEndObject();
    }
    writeTools(request, json);
  }

  private void writeThinking(final StreamRequest request, final JsonGenerator json)
      throws IOException {
    final int budget = request.thinkingBudget().orElse(0);
    final Optional<String> type =
        thinking.or(
            () ->
                request.thinkingBudget().isPresent()
                    ? Optional.of(budget > 0 ? ENABLED : DISABLED)
                    : Optional.empty());
    if (type.isEmpty() && display.isEmpty()) {
      return;
    }
    json.writeObjectFieldStart("thinking");
    // To show or hide it, the API wants to hear of the thinking itself.
    final String kind = type.orElse(ADAPTIVE);
    json.writeStringField("type", kind);
    if (kind.equals(ENABLED)) {
      json.writeNumberField("budget_tokens", budget);
    }
    if (display.isPresent() && SHOWABLE.contains(kind)) {
      json.writeStringField("display", display.get());
    }
    json.writeEndObject();
  }

  private static void writeTools(final StreamRequest request, final JsonGenerator json)
      throws IOException {
    if (request.tools().isEmpty()) {
      return;
    }
    json.writeArrayFieldStart("tools");
    for (final StreamRequest.Tool tool : request.tools()) {
      json.writeStartObject();
      json.writeStringField("name", tool.name());
      json.writeStringField("description", tool.description());
      json.writeFieldName("input_schema");
      json.writeRawValue(tool.parameters());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
