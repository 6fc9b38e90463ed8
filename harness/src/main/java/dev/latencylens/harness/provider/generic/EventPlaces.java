package dev.latencylens.harness.provider.generic;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.latencylens.harness.provider.OptionException;
import dev.latencylens.harness.provider.generic.PlaceNode.EndTest;
import dev.latencylens.harness.provider.generic.PlaceNode.Meaning;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where things stand in the events of a service. Immutable and thread-safe.
 *
 * @param root the events' object
 * @param endText the payload that ends a stream
 */
record EventPlaces(PlaceNode root, Optional<String> endText) {
  private static final String END_TEXT = "end_text";
  private static final Set<Place> CONTENT =
      EnumSet.of(Place.TEXT, Place.REASONING, Place.TOOL_ARGUMENTS);
  private static final EndTest NOT_FALSE = json -> !json.isFalse();

  /**
   * Reads the places.
   *
   * @param option the option they stand under
   * @param tree a mapping of {@link Place#word()}s to pointers
   * @throws OptionException if a name is unknown, a pointer is broken, or content or end have no
   *     place
   */
  static EventPlaces parse(final String option, final JsonNode tree) throws OptionException {
    if (!tree.isObject()) {
      throw new OptionException(option, "must be a mapping of names to JSON Pointers");
    }
    final PlaceNode root = new PlaceNode();
    final Set<Place> given = EnumSet.noneOf(Place.class);
    Optional<String> endText = Optional.empty();
    for (final Map.Entry<String, JsonNode> field : tree.properties()) {
      if (field.getKey().equals(END_TEXT)) {
        endText = Optional.of(endText(option, field.getValue()));
      } else {
        final Place place = place(option, field.getKey());
        addAll(option, place, field.getValue(), root);
        given.add(place);
      }
    }
    checkComplete(option, given, endText);
    final Optional<Place> covered = root.covered();
    if (covered.isPresent()) {
      throw new OptionException(
          option, "points into the value of " + covered.get().word() + " a second time");
    }
    return new EventPlaces(root, endText);
  }

  private static void checkComplete(
      final String option, final Set<Place> given, final Optional<String> endText)
      throws OptionException {
    if (given.stream().noneMatch(CONTENT::contains)) {
      throw new OptionException(option, "must say where text, reasoning or tool_arguments stand");
    }
    if (!given.contains(Place.FINISH_REASON) && !given.contains(Place.END) && endText.isEmpty()) {
      throw new OptionException(
          option,
          "must say how a stream ends, with finish_reason, end or end_text: without one every"
              + " answer would count as truncated");
    }
  }

  private static Place place(final String option, final String word) throws OptionException {
    return Arrays.stream(Place.values())
        .filter(place -> place.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new OptionException(
                    option,
                    "has the unknown name " + UnknownName.shown(word) + "; known are " + words()));
  }

  static String words() {
    return Stream.concat(Arrays.stream(Place.values()).map(Place::word), Stream.of(END_TEXT))
        .collect(Collectors.joining(", "));
  }

  private static String endText(final String option, final JsonNode value) throws OptionException {
    if (!value.isTextual() || value.asText().isBlank()) {
      throw new OptionException(option, "must have a text as end_text, such as \"[DONE]\"");
    }
    return value.asText().strip();
  }

  private static void addAll(
      final String option, final Place place, final JsonNode value, final PlaceNode root)
      throws OptionException {
    if (place == Place.END && value.isObject()) {
      addEnd(option, value, root);
      return;
    }
    final List<JsonNode> pointers =
        value.isArray() && place.takesSeveral() ? List.copyOf(elements(value)) : List.of(value);
    for (int rank = 0; rank < pointers.size(); rank++) {
      root.add(
          pointer(option, place, pointers.get(rank)), new Meaning(place, rank, NOT_FALSE, true));
    }
  }

  private static List<JsonNode> elements(final JsonNode array) {
    return array.valueStream().toList();
  }

  private static void addEnd(final String option, final JsonNode value, final PlaceNode root)
      throws OptionException {
    for (final Map.Entry<String, JsonNode> field : value.properties()) {
      if (!field.getKey().equals("pointer") && !field.getKey().equals("equals")) {
        throw new OptionException(
            option,
            "has the unknown name "
                + UnknownName.shown(field.getKey())
                + " under end; known are pointer, equals");
      }
    }
    final JsonPointer pointer = pointer(option, Place.END, value.path("pointer"));
    root.add(pointer, new Meaning(Place.END, 0, endTest(option, value.path("equals")), false));
  }

  private static EndTest endTest(final String option, final JsonNode value) throws OptionException {
    if (value.isTextual()) {
      final String[] words = {value.asText()};
      return json -> json.textAmong(words) == 0;
    }
    if (value.isBoolean()) {
      return value.booleanValue() ? json -> json.flag() : json -> json.isFalse();
    }
    if (value.isIntegralNumber() && value.canConvertToLong() && value.longValue() >= 0) {
      final long number = value.longValue();
      return json -> json.count() == number;
    }
    throw new OptionException(
        option, "must have a text, true, false or an integer from 0 as equals under end");
  }

  private static JsonPointer pointer(final String option, final Place place, final JsonNode value)
      throws OptionException {
    final String form = "must have a JSON Pointer such as /delta/text as " + place.word();
    if (!value.isTextual() || !value.asText().startsWith("/")) {
      throw new OptionException(
          option, place.takesSeveral() ? form + ", or several in a list" : form);
    }
    return JsonPointer.compile(value.asText());
  }
}
