package dev.latencylens.harness.config;

import dev.latencylens.harness.provider.Provider;
import dev.latencylens.harness.provider.Providers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** One entry of {@code targets}, whose keys depend on its provider. */
final class TargetType implements ValueType<Target> {
  private static final Section<Target> ANY = TargetSchema.section(Optional.empty(), List.of());

  @Override
  public Optional<Target> read(final String key, final Node node, final Reading reading) {
    return provider(node, reading.providers())
        .map(TargetType::section)
        .orElse(ANY)
        .read(key, node, reading);
  }

  private static Section<Target> section(final Provider provider) {
    return TargetSchema.section(Optional.of(provider), ProviderOptions.keys(provider));
  }

  private static Optional<Provider> provider(final Node node, final Providers providers) {
    return Section.value(node, TargetSchema.PROVIDER.name())
        .filter(ScalarNode.class::isInstance)
        .map(id -> ((ScalarNode) id).getValue())
        .filter(providers.ids()::contains)
        .map(providers::get);
  }

  @Override
  public Map<String, Object> plain(final Target target) {
    final Map<String, Object> plain = ANY.plain(target);
    final List<String> names = new ArrayList<>(target.options().values().keySet());
    names.sort(null);
    names.forEach(name -> plain.put(name, target.options().values().get(name)));
    return plain;
  }

  @Override
  public String form() {
    return ANY.form();
  }

  /** The keys that every target may have, for hints at where a key belongs. */
  Section<Target> common() {
    return ANY;
  }
}
