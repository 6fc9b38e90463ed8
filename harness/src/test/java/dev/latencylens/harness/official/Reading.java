package dev.latencylens.harness.official;

/**
 * What an official client made of one stream.
 *
 * @param id the response's id
 * @param text all answer text
 * @param reasoning all reasoning text
 * @param tool name and arguments of a tool call, or empty
 * @param finish the finish reason in the client's words, or empty
 * @param promptTokens from usage, -1 if there was none
 * @param outputTokens from usage, reasoning included, -1 if there was none
 * @param reasoningTokens from usage, 0 if it doesn't say
 */
public record Reading(
    String id,
    String text,
    String reasoning,
    String tool,
    String finish,
    long promptTokens,
    long outputTokens,
    long reasoningTokens) {}
