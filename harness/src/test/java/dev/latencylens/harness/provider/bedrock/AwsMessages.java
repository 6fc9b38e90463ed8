package dev.latencylens.harness.provider.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.eventstream.HeaderValue;
import software.amazon.eventstream.Message;

/**
 * Makes bodies of AWS messages from their text form: one message a line, {@code event-type JSON} or
 * {@code !exception-type JSON}, {@code #} comments.
 */
final class AwsMessages {
  private static final Pattern LINE = Pattern.compile("(!?)([\\w-]+) (\\{.*)");

  private AwsMessages() {}

  /** The bytes of all lines, the payload of each event first put through a wrapping. */
  static byte[] ofLines(final String text, final UnaryOperator<String> wrapping) {
    final ByteArrayOutputStream body = new ByteArrayOutputStream();
    text.lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(line -> body.writeBytes(ofLine(line, wrapping)));
    return body.toByteArray();
  }

  private static byte[] ofLine(final String line, final UnaryOperator<String> wrapping) {
    final Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("no event: " + line);
    }
    return matcher.group(1).isEmpty()
        ? event(matcher.group(2), wrapping.apply(matcher.group(3)))
        : exception(matcher.group(2), matcher.group(3));
  }

  static byte[] event(final String type, final String json) {
    return message("event", ":event-type", type, json);
  }

  static byte[] exception(final String type, final String json) {
    return message("exception", ":exception-type", type, json);
  }

  private static byte[] message(
      final String kind, final String typeHeader, final String type, final String json) {
    final Map<String, HeaderValue> headers = new LinkedHashMap<>();
    headers.put(typeHeader, HeaderValue.fromString(type));
    headers.put(":content-type", HeaderValue.fromString("application/json"));
    headers.put(":message-type", HeaderValue.fromString(kind));
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new Message(headers, json.getBytes(UTF_8)).encode(bytes);
    return bytes.toByteArray();
  }
}
