package dev.latencylens.harness.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.latencylens.harness.provider.Provider;
import dev.latencylens.harness.provider.TargetOption;
import dev.latencylens.harness.provider.TargetOption.Form;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.snakeyaml.engine.v2.nodes.Tag;

/** The keys of a target that only its provider knows. */
final class ProviderOptions {
  private ProviderOptions() {}

  static List<Key<Target, JsonNode>> keys(final Provider provider) {
    return provider.options().stream().map(ProviderOptions::key).toList();
  }

  private static Key<Target, JsonNode> key(final TargetOption option) {
    return new Key<>(
        option.name(),
        type(option.form()),
        option.required(),
        Optional.empty(),
        option.absent(),
        target -> target.options().tree(option.name()),
        option.description());
  }

  private static ValueType<JsonNode> type(final Form form) {
    if (form instanceof Form.Choice choice) {
      return text(
          "one of " + String.join(", ", choice.words()), word -> choice.words().contains(word));
    }
    if (form instanceof Form.Text text) {
      return text(text.inWords(), value -> text.allowed().matcher(value).matches());
    }
    return new TreeType(((Form.Tree) form).inWords());
  }

  private static ValueType<JsonNode> text(final String form, final Predicate<String> allowed) {
    return new ScalarType<>(
        form,
        // Versions such as 2026-01-01 and project numbers read as other types without quotes.
        Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL),
        (text, reading) ->
            Optional.of(text).filter(allowed).map(JsonNodeFactory.instance::textNode),
        JsonNode::asText);
  }
}
