package dev.latencylens.benchmarks.runner;

import dev.latencylens.harness.config.Configuration;
import dev.latencylens.harness.config.ConfigurationException;
import dev.latencylens.harness.config.ConfigurationReader;
import dev.latencylens.harness.config.Load;
import dev.latencylens.harness.config.Problem;
import dev.latencylens.harness.provider.Providers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * One target on the command line, in place of a configuration's file. The options are written down
 * as YAML and read as every configuration is, so that neither can say what the other can't. No key
 * is among them: it is found where the provider's own tools look. Filled by picocli; not
 * thread-safe.
 */
final class TargetFlags {
  /** Stands in a file's place; problems are told without it. */
  private static final Path NO_FILE = Path.of("options");

  @Option(
      names = "--provider",
      paramLabel = "ID",
      description = "Measure this provider's service without a configuration; see --model.")
  private @Nullable String provider;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "The model's id, as the service knows it.")
  private @Nullable String model;

  @Option(
      names = "--base-url",
      paramLabel = "URL",
      description = "The service's endpoint. Default: the provider's own.")
  private @Nullable String baseUrl;

  @Option(
      names = "--streams",
      paramLabel = "N",
      description = "How many streams a round has. Default: 100.")
  private @Nullable Integer streams;

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      description = "How many of them at a time. Default: 10, or all of fewer streams.")
  private @Nullable Integer concurrency;

  @Option(
      names = "--prompt",
      paramLabel = "TEXT",
      description = "What is asked; anybody on this machine can read it. Default: a greeting.")
  private @Nullable String prompt;

  @Option(
      names = "--max-tokens",
      paramLabel = "N",
      description = "The most tokens of an answer. Default: 64.")
  private @Nullable Integer maxTokens;

  /** Whether a target is given. */
  boolean given() {
    return provider != null;
  }

  /**
   * Checks that the options belong together.
   *
   * @throws IllegalArgumentException if one is missing, or the provider is unknown
   */
  void check() {
    if (provider == null) {
      final List<String> alone = new ArrayList<>();
      note(alone, "--model", model);
      note(alone, "--base-url", baseUrl);
      note(alone, "--streams", streams);
      note(alone, "--concurrency", concurrency);
      note(alone, "--prompt", prompt);
      note(alone, "--max-tokens", maxTokens);
      if (!alone.isEmpty()) {
        throw new IllegalArgumentException(
            String.join(", ", alone)
                + (alone.size() == 1 ? " needs" : " need")
                + " --provider; a configuration's file says these things itself");
      }
      return;
    }
    Providers.load().get(provider);
    if (model == null) {
      throw new IllegalArgumentException(
          "--provider needs --model: the model's id, as the service knows it");
    }
  }

  private static void note(
      final List<String> names, final String name, final @Nullable Object value) {
    if (value != null) {
      names.add(name);
    }
  }

  /**
   * The configuration that the options amount to.
   *
   * @param rounds how many rounds, where given
   * @param seed the seed, where given
   * @throws IllegalArgumentException if one has a value that can't be used; the message has a line
   *     for each
   */
  Configuration configuration(final Optional<Integer> rounds, final Optional<Long> seed) {
    try {
      return ConfigurationReader.read(
          NO_FILE, yaml(rounds, seed), Path.of("").toAbsolutePath(), Providers.load());
    } catch (final ConfigurationException wrong) {
      throw new IllegalArgumentException(
          wrong.problems().stream().map(Problem::message).collect(Collectors.joining("\n")), wrong);
    }
  }

  /** The same as YAML: what is left out here has a configuration's defaults. */
  String yaml(final Optional<Integer> rounds, final Optional<Long> seed) {
    final StringBuilder yaml = new StringBuilder("targets:\n");
    line(yaml, "  - provider", text(provider));
    line(yaml, "    model", text(model));
    line(yaml, "    base_url", text(baseUrl));
    if (prompt != null || maxTokens != null) {
      yaml.append("workload:\n");
      line(yaml, "  prompt", text(prompt));
      line(yaml, "  max_output_tokens", maxTokens);
    }
    if (streams != null || concurrency != null) {
      yaml.append("load:\n");
      line(yaml, "  streams", streams);
      line(yaml, "  concurrency", usersAtATime());
    }
    line(yaml, "rounds", rounds.orElse(null));
    line(yaml, "seed", seed.orElse(null));
    return yaml.toString();
  }

  /** Few streams are no reason to refuse the default. */
  private @Nullable Integer usersAtATime() {
    return concurrency == null && streams != null
        ? (Integer) Math.min(Math.max(1, streams), Load.Closed.DEFAULT.concurrency())
        : concurrency;
  }

  private static @Nullable String text(final @Nullable String value) {
    return value == null ? null : QuotedYaml.of(value);
  }

  private static void line(
      final StringBuilder yaml, final String key, final @Nullable Object value) {
    if (value != null) {
      yaml.append(key).append(": ").append(value).append('\n');
    }
  }
}
