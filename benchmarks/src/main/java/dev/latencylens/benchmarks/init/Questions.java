package dev.latencylens.benchmarks.init;

import dev.latencylens.harness.config.Connections;
import dev.latencylens.harness.config.Network;
import dev.latencylens.harness.config.Target;
import dev.latencylens.harness.provider.TargetOption;
import java.io.PrintStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Gets the answers: from the command line, and those that are missing there from a terminal. Not
 * thread-safe.
 */
final class Questions {
  private static final String MORE_ABOUT = "init --help says more";
  private static final int STREAMS = 100;
  private static final int MOST_STREAMS = 1_000_000;
  private static final int CONCURRENCY = 10;

  private final Given given;
  private final ProviderNeeds needs;
  private final Optional<Terminal> terminal;
  private final PrintStream log;

  Questions(
      final Given given,
      final ProviderNeeds needs,
      final Optional<Terminal> terminal,
      final PrintStream log) {
    this.given = given;
    this.needs = needs;
    this.terminal = terminal;
    this.log = log;
  }

  /**
   * Asks for all that is missing.
   *
   * @throws NoAnswerException if nobody can be asked, or nobody answers
   * @throws IllegalArgumentException if an answer of the command line is not usable
   */
  Answers ask() throws NoAnswerException {
    requireTerminalOrAll();
    final String provider =
        answer(
            given.provider(), "Provider (" + String.join(", ", needs.ids()) + "):", needs::require);
    final String model =
        answer(given.model(), "Model, as the service knows it:", Questions::something);
    final Map<String, String> options = new LinkedHashMap<>(given.options());
    for (final TargetOption option : needs.requiredOptions(provider)) {
      if (!options.containsKey(option.name())) {
        options.put(
            option.name(),
            answer(
                Optional.empty(),
                option.name() + " (" + option.description() + "):",
                Questions::something));
      }
    }
    final Optional<String> baseUrl = baseUrl(provider, options);
    final KeyPlace key = key(provider, options);
    final int streams = number(given.streams(), "Streams in each round", STREAMS, MOST_STREAMS);
    final int concurrency =
        number(
            given.concurrency(),
            "Streams at a time",
            Math.min(CONCURRENCY, streams),
            Math.min(Connections.MOST, streams));
    return new Answers(provider, model, options, baseUrl, key, streams, concurrency);
  }

  /** All that is missing is told at once. */
  private void requireTerminalOrAll() throws NoAnswerException {
    if (terminal.isPresent()) {
      return;
    }
    final List<String> missing = new ArrayList<>();
    if (given.provider().isEmpty()) {
      missing.add("--provider");
    }
    if (given.model().isEmpty()) {
      missing.add("--model");
    }
    if (given.provider().isPresent()) {
      final String provider = needs.require(given.provider().get());
      for (final TargetOption option : needs.requiredOptions(provider)) {
        if (!given.options().containsKey(option.name())) {
          missing.add("--option " + option.name() + "=...");
        }
      }
      if (given.baseUrl().isEmpty() && needs.needsBaseUrl(provider, given.options())) {
        missing.add("--base-url");
      }
    }
    if (!missing.isEmpty()) {
      throw new NoAnswerException(
          "there is no terminal to ask on: add " + String.join(", ", missing) + "; " + MORE_ABOUT);
    }
  }

  private Optional<String> baseUrl(final String provider, final Map<String, String> options)
      throws NoAnswerException {
    if (given.baseUrl().isPresent() || terminal.isEmpty()) {
      return given.baseUrl();
    }
    if (needs.needsBaseUrl(provider, options)) {
      return Optional.of(answer(Optional.empty(), "Base URL:", Questions::url));
    }
    final String answer =
        answer(
            Optional.empty(),
            "Base URL (Enter: the provider's own):",
            text -> text.isEmpty() ? text : url(text));
    return answer.isEmpty() ? Optional.empty() : Optional.of(answer);
  }

  private KeyPlace key(final String provider, final Map<String, String> options)
      throws NoAnswerException {
    if (given.keyPlace().isPresent() || terminal.isEmpty()) {
      return given.keyPlace().orElseGet(KeyPlace.Own::new);
    }
    final String own =
        needs
            .ownVariable(provider, options)
            .map(name -> name + ", or .env")
            .orElse("where the provider's own tools look");
    final String choice =
        answer(
            Optional.empty(),
            "Where is the key? 1: "
                + own
                + "; 2: another environment variable; 3: a file; 4: none is needed (1):",
            text -> {
              if (!text.matches("[1-4]?")) {
                throw new IllegalArgumentException(
                    "answer 1, 2, 3 or 4; the key itself must not be typed here");
              }
              return text;
            });
    return switch (choice) {
      case "2" ->
          new KeyPlace.Variable(
              answer(
                  Optional.empty(),
                  "The variable's name:",
                  text -> new KeyPlace.Variable(text).name()));
      case "3" -> new KeyPlace.KeyFile(answer(Optional.empty(), "The file:", Questions::something));
      case "4" -> new KeyPlace.None();
      default -> new KeyPlace.Own();
    };
  }

  private int number(
      final Optional<Integer> known, final String question, final int fallback, final int most)
      throws NoAnswerException {
    if (known.isPresent() || terminal.isEmpty()) {
      return known.orElse(fallback);
    }
    final String text =
        answer(
            Optional.empty(),
            question + " (" + fallback + "):",
            answer -> {
              if (!answer.isEmpty()
                  && (!answer.matches("[0-9]{1,9}")
                      || Integer.parseInt(answer) < 1
                      || Integer.parseInt(answer) > most)) {
                throw new IllegalArgumentException("answer with a number from 1 to " + most);
              }
              return answer;
            });
    return text.isEmpty() ? fallback : Integer.parseInt(text);
  }

  /** From the command line as it is; from a terminal again and again, until it can be used. */
  private String answer(
      final Optional<String> known, final String question, final Function<String, String> check)
      throws NoAnswerException {
    if (known.isPresent()) {
      return check.apply(known.get());
    }
    while (true) {
      final String text =
          terminal
              .orElseThrow()
              .ask(question)
              .orElseThrow(() -> new NoAnswerException("no answer came; nothing was written"));
      try {
        return check.apply(text);
      } catch (final IllegalArgumentException unusable) {
        log.println("init: " + unusable.getMessage());
      }
    }
  }

  /**
   * An endpoint that may be asked; the others are refused as a configuration with them would be.
   */
  private static String url(final String text) {
    final URI parsed;
    try {
      parsed = new URI(text.replaceFirst("/+$", ""));
    } catch (final URISyntaxException malformed) {
      // Without a cause: it would repeat the text, and passwords are sometimes pasted into URLs.
      throw new IllegalArgumentException("that is no URL such as https://api.example.com/v1");
    }
    return Target.of("any", "any")
        .at(parsed, Network.DEFAULT)
        .baseUrl()
        .map(URI::toString)
        .orElse(text);
  }

  private static String something(final String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("something has to stand there");
    }
    return text;
  }
}
