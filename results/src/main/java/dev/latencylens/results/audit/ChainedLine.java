package dev.latencylens.results.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latencylens.results.run.Sha256;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One line of a chain, without its line end. It is a JSON object in ASCII that begins with {@code
 * seq}, its number from 1, and {@code previous}, the hash of the line before (64 zeros in the
 * first), and ends with {@code ,"hash":"…"}}. The hash is SHA-256, in lower-case hex, over all
 * bytes of the line before {@code ,"hash":}. So line 3 is checked by hand with
 *
 * <pre>{@code
 * sed -n 3p audit.jsonl | sed 's/,"hash":"[0-9a-f]*"}$//' | tr -d '\n' | sha256sum
 * }</pre>
 *
 * @param seq the line's number
 * @param previous the hash of the line before
 * @param hash the hash that the line states
 * @param holds whether the stated hash is that of the content
 * @param fields the whole object
 */
record ChainedLine(long seq, String previous, String hash, boolean holds, ObjectNode fields) {
  /** What the first line has for a line before. */
  static final String NONE = "0".repeat(64);

  /** A reader takes no longer line: a file from elsewhere must not fill the memory. */
  static final int LONGEST = 256 * 1024;

  private static final String SEQ = "seq";
  private static final String PREVIOUS = "previous";
  private static final String TORN_BYTES = "torn_bytes";
  private static final String TORN_SHA256 = "torn_sha256";
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern END = Pattern.compile(",\"hash\":\"([0-9a-f]{64})\"}");
  private static final int END_BYTES = 75;

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  /**
   * Makes a line.
   *
   * @param torn what a killed process left of a line just before this one; empty if nothing
   * @param content what the line says
   */
  static Written write(long seq, String previous, Optional<Torn> torn, ObjectNode content)
      throws IOException {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.put(SEQ, seq);
    line.put(PREVIOUS, previous);
    torn.ifPresent(
        before -> {
          line.put(TORN_BYTES, before.bytes());
          line.put(TORN_SHA256, before.sha256());
        });
    line.setAll(content);
    String object = MAPPER.writeValueAsString(line);
    String hashed = object.substring(0, object.length() - 1);
    String hash = sha256(hashed.getBytes(US_ASCII));
    return new Written(hashed + ",\"hash\":\"" + hash + "\"}\n", hash);
  }

  /**
   * Reads a line.
   *
   * @return the line, whose hash may not hold; empty if it is none
   */
  static Optional<ChainedLine> read(byte[] bytes) {
    int hashed = bytes.length - END_BYTES;
    if (hashed < 0 || bytes.length > LONGEST) {
      return Optional.empty();
    }
    var end = END.matcher(new String(bytes, hashed, END_BYTES, US_ASCII));
    if (!end.matches()) {
      return Optional.empty();
    }
    try {
      JsonNode tree = MAPPER.readTree(new String(bytes, UTF_8));
      JsonNode seq = tree.path(SEQ);
      String previous = tree.path(PREVIOUS).asText();
      if (!(tree instanceof ObjectNode fields)
          || !seq.isIntegralNumber()
          || !seq.canConvertToLong()
          || seq.asLong() < 1
          || !HASH.matcher(previous).matches()) {
        return Optional.empty();
      }
      boolean holds = end.group(1).equals(sha256(Arrays.copyOf(bytes, hashed)));
      return Optional.of(new ChainedLine(seq.asLong(), previous, end.group(1), holds, fields));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Whether this line accounts for what a killed process left before it. */
  boolean accountsFor(byte[] before) {
    Torn torn = Torn.of(before);
    return fields.path(TORN_BYTES).asLong(-1) == torn.bytes()
        && text(TORN_SHA256).equals(torn.sha256());
  }

  /** Whether there is a torn line before this one. */
  boolean followsTorn() {
    return fields.has(TORN_SHA256);
  }

  /** A text field; empty if there is none of that name. */
  String text(String name) {
    JsonNode value = fields.path(name);
    return value.isValueNode() ? value.asText() : "";
  }

  private static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(Sha256.digest().digest(bytes));
  }

  /**
   * A line that was made.
   *
   * @param text ASCII, with the line end
   * @param hash its hash
   */
  record Written(String text, String hash) {}

  /**
   * What a killed process left of a line.
   *
   * @param bytes its length
   * @param sha256 the hash of all of it
   */
  record Torn(int bytes, String sha256) {
    static Torn of(byte[] content) {
      return new Torn(content.length, ChainedLine.sha256(content));
    }
  }
}
