package dev.latencylens.benchmarks.init;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.latencylens.harness.provider.OptionException;
import dev.latencylens.harness.provider.Provider;
import dev.latencylens.harness.provider.Providers;
import dev.latencylens.harness.provider.TargetOption;
import dev.latencylens.harness.provider.TargetOptions;
import dev.latencylens.harness.secret.MissingKeyException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a target of each provider has to say. Immutable. */
final class ProviderNeeds {
  private final Providers providers;

  ProviderNeeds(final Providers providers) {
    this.providers = providers;
  }

  /** The providers whose targets can be described in a few answers. */
  List<String> ids() {
    return providers.ids().stream().filter(id -> hasPlainOptions(providers.get(id))).toList();
  }

  private static boolean hasPlainOptions(final Provider provider) {
    return provider.options().stream()
        .noneMatch(option -> option.required() && option.form() instanceof TargetOption.Form.Tree);
  }

  /**
   * Makes sure that a provider can be described so.
   *
   * @return its id
   * @throws IllegalArgumentException if there is none of this id, or it takes more than answers
   */
  String require(final String id) {
    if (!hasPlainOptions(providers.get(id))) {
      throw new IllegalArgumentException(
          "a target of "
              + id
              + " takes a description of the server's requests and events: write that"
              + " configuration by hand, as harness/PROVIDERS.md says");
    }
    return id;
  }

  /** What a target of the provider can't be without. */
  List<TargetOption> requiredOptions(final String id) {
    return providers.get(id).options().stream().filter(TargetOption::required).toList();
  }

  /** Whether the provider has no endpoint of its own. */
  boolean needsBaseUrl(final String id, final Map<String, String> options) {
    try {
      return providers.get(id).api(options(options)).defaultBaseUrl().isEmpty();
    } catch (final OptionException wrong) {
      // What is wrong with it is told when the finished configuration is read.
      return false;
    }
  }

  /** The variable that the provider's own tools read; empty if they look elsewhere. */
  Optional<String> ownVariable(final String id, final Map<String, String> options) {
    final AskedVariables asked = new AskedVariables();
    try {
      providers.get(id).credentials(options(options), asked).close();
    } catch (final MissingKeyException none) {
      // There is none that could be missing; what was asked for is known all the same.
    }
    return asked.first();
  }

  private static TargetOptions options(final Map<String, String> texts) {
    final Map<String, JsonNode> values = new LinkedHashMap<>();
    texts.forEach((name, text) -> values.put(name, TextNode.valueOf(text)));
    return new TargetOptions(values);
  }
}
