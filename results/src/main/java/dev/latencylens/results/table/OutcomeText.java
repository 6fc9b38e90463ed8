package dev.latencylens.results.table;

import java.util.Locale;
import java.util.Optional;

/** What each outcome means to a person: what happened, and what to do about it. */
enum OutcomeText {
  COMPLETE("ended properly"),
  TRUNCATED(
      "the stream ended without the provider's end mark; look for a proxy that cuts streams off"),
  CONNECTION_LOST(
      "the connection was reset or closed mid-stream; look at the network and the server's log"),
  PROVIDER_ERROR(
      "the provider reported an error inside the stream; look at its status page and your quota"),
  UNEXPECTED_RESPONSE("the reply was not a stream; check base_url and the provider's name"),
  HTTP_3XX("the server answered with a redirect, which is not followed; correct base_url"),
  AUTH_FAILED("the key was refused (401 or 403); check the provider's key variable"),
  HTTP_4XX("the request was refused (400 to 499); check the model's name and the workload"),
  RATE_LIMITED("the provider's rate limit was hit (429); lower limits or load"),
  HTTP_5XX("the server failed (500 to 599); try again later, or with less load"),
  CONNECT_FAILED("no connection: the name was not found, or nothing listens there; check base_url"),
  TLS_FAILED("no trusted TLS connection; check the server's certificate and ca_bundle"),
  TIMEOUT_CONNECT("no connection within deadlines.connect; check base_url and the network"),
  TIMEOUT_FIRST_BYTE(
      "no byte of the body within deadlines.first_byte; the server was slow, or raise it"),
  TIMEOUT_FIRST_TOKEN("no content within deadlines.first_token; the model was slow, or raise it"),
  TIMEOUT_IDLE("the stream fell silent for deadlines.idle; the server stalled, or raise it"),
  TIMEOUT_TOTAL(
      "the stream was not over within deadlines.total; lower max_output_tokens, or raise it"),
  MALFORMED("the stream broke its wire format; check the provider's name, else report it"),
  TOO_LARGE("the answer exceeded the configured size; lower max_output_tokens, or raise it"),
  CANCELLED("the run was stopped while the stream ran; run again"),
  REFUSED_BY_LIMIT("never sent, as a budget or a limit forbade it; raise the limit, or plan less");

  private final String sentence;

  OutcomeText(String sentence) {
    this.sentence = sentence;
  }

  /** The name that stands in files. */
  String outcome() {
    return name().toLowerCase(Locale.ROOT);
  }

  String sentence() {
    return sentence;
  }

  /** The text of an outcome, or empty for a name that is not known here. */
  static Optional<OutcomeText> of(String outcome) {
    for (OutcomeText text : values()) {
      if (text.outcome().equals(outcome)) {
        return Optional.of(text);
      }
    }
    return Optional.empty();
  }
}
