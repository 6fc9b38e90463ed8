package dev.latencylens.harness.provider.generic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.latencylens.harness.provider.TargetOptions;
import java.util.Map;
import java.util.stream.Collectors;

/** Options of a target, written as JSON. */
final class Described {
  private Described() {}

  static TargetOptions options(final String json) {
    try {
      return new TargetOptions(
          new ObjectMapper()
              .readTree(json).properties().stream()
                  .collect(
                      Collectors.toMap(
                          Map.Entry<String, JsonNode>::getKey,
                          Map.Entry<String, JsonNode>::getValue)));
    } catch (final JsonProcessingException e) {
      throw new IllegalArgumentException(json, e);
    }
  }
}
