package dev.latencylens.results.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How records become JSON files and back: snake_case, dates as ISO text, absent values left out.
 */
final class RunJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder(new JsonFactoryBuilder().characterEscapes(new PageSafeEscapes()).build())
          .addModule(new Jdk8Module())
          .addModule(new JavaTimeModule())
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
          // A field that a later version added does no harm; one that is missing does.
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final ObjectWriter WRITER = MAPPER.writerWithDefaultPrettyPrinter();

  private RunJson() {}

  static byte[] bytes(Object value) throws IOException {
    // The pretty printer's line ends are the platform's; the format's are not.
    String text = WRITER.writeValueAsString(value).replace("\r\n", "\n");
    return (text + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** One line, its line end included. */
  static byte[] line(Object value) throws IOException {
    return (MAPPER.writeValueAsString(value) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  static <T> T read(String line, Class<T> type) throws JsonProcessingException {
    return MAPPER.readValue(line, type);
  }

  static JsonNode tree(Object value) {
    return MAPPER.valueToTree(value);
  }

  static JsonNode tree(Path file) throws IOException {
    byte[] content = Files.readAllBytes(file);
    try {
      return MAPPER.readTree(content);
    } catch (IOException e) {
      // Not only of JSON: a block of zeros is taken for broken UTF-32.
      throw new RunFormatException(
          file.getFileName() + " is damaged (it is not valid JSON" + place(e) + ")", e);
    }
  }

  static <T> T value(Path file, JsonNode tree, Class<T> type) throws IOException {
    String damaged =
        file.getFileName() + " is damaged (it does not hold a whole " + type.getSimpleName() + ")";
    try {
      // Of an empty file or a bare null there is a tree, but no record.
      T value = tree.isObject() ? MAPPER.treeToValue(tree, type) : null;
      if (value == null) {
        throw new RunFormatException(damaged);
      }
      return value;
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new RunFormatException(damaged, e);
    }
  }

  private static String place(IOException e) {
    return e instanceof JsonProcessingException json && json.getLocation() != null
        ? " at line " + json.getLocation().getLineNr()
        : "";
  }
}
