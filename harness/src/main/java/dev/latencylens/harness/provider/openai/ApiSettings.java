package dev.latencylens.harness.provider.openai;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.latencylens.harness.provider.TargetOption;
import dev.latencylens.harness.provider.TargetOption.Form;
import dev.latencylens.harness.provider.TargetOptions;
import dev.latencylens.harness.provider.WireRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a target says about each of its requests to OpenAI's APIs.
 *
 * <p>{@code obfuscation}: the service pads the event of each delta with random characters, to hide
 * the lengths of its pieces, unless {@code stream_options.include_obfuscation} is false. Left out,
 * the field is not sent: then a measurement shows what the service's users get, and other servers
 * are not sent a field that they may refuse. The padding costs bytes on the wire only; it is never
 * content.
 *
 * @param headers who pays
 * @param obfuscation whether deltas are padded; empty leaves it to the service
 * @param reasoningSummary how a summary of the reasoning is asked for; empty asks for none
 */
record ApiSettings(
    List<WireRequest.Header> headers,
    Optional<Boolean> obfuscation,
    Optional<String> reasoningSummary) {
  static final String REASONING_SUMMARY = "reasoning_summary";
  static final ApiSettings NONE = new ApiSettings(List.of(), Optional.empty(), Optional.empty());

  private static final String OBFUSCATION = "obfuscation";
  private static final String ON = "on";
  private static final String NO_SUMMARY = "none";
  private static final String ORGANIZATION = "organization";
  private static final String PROJECT = "project";

  static final List<TargetOption> OPTIONS =
      List.of(
          TargetOption.choice(
              REASONING_SUMMARY,
              NO_SUMMARY,
              "Which summary of its reasoning a model streams; for the Responses API.",
              NO_SUMMARY,
              "auto",
              "concise",
              "detailed"),
          new TargetOption(
              OBFUSCATION,
              new Form.Choice(List.of(ON, "off")),
              false,
              "what the service does by itself, which is on at OpenAI",
              "Whether the service pads the events of a stream to hide the lengths of its pieces."));

  static final List<TargetOption> ACCOUNT_OPTIONS =
      List.of(
          account(ORGANIZATION, "org-abc123", "The organization that pays, of several."),
          account(PROJECT, "proj_abc123", "The project that pays, of several."));

  ApiSettings {
    headers = List.copyOf(headers);
  }

  private static TargetOption account(
      final String name, final String example, final String description) {
    return new TargetOption(
        name,
        new Form.Text(Pattern.compile("[A-Za-z0-9_.-]{1,128}"), "an id, such as " + example),
        false,
        "the key's own",
        description);
  }

  static ApiSettings of(final TargetOptions options) {
    final List<WireRequest.Header> headers = new ArrayList<>();
    options
        .text(ORGANIZATION)
        .ifPresent(id -> headers.add(new WireRequest.Header("OpenAI-Organization", id)));
    options
        .text(PROJECT)
        .ifPresent(id -> headers.add(new WireRequest.Header("OpenAI-Project", id)));
    return new ApiSettings(
        headers,
        options.text(OBFUSCATION).map(ON::equals),
        options.text(REASONING_SUMMARY).filter(word -> !word.equals(NO_SUMMARY)));
  }

  void writeObfuscation(final JsonGenerator json) throws IOException {
    if (obfuscation.isPresent()) {
      json.writeBooleanField("include_obfuscation", obfuscation.get());
    }
  }
}
