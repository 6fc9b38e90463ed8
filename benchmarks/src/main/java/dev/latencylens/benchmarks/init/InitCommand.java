package dev.latencylens.benchmarks.init;

import dev.latencylens.benchmarks.console.Commands;
import dev.latencylens.harness.config.ConfigurationException;
import dev.latencylens.harness.config.ConfigurationReader;
import dev.latencylens.harness.provider.Providers;
import dev.latencylens.results.run.PrivateFiles;
import dev.latencylens.results.table.TerminalSummary;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code scripts/init}: asks a few questions and writes a first configuration. */
@Command(
    name = "init",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Asks a few questions and writes a commented configuration that only you can read.",
      "Without a terminal, answers are options. It never asks for a key, and a file that is",
      "there is left as it is."
    },
    footer = {
      "",
      "Exit status: 0 written, 2 bad or missing answers, or the file can't be written.",
      "",
      "Examples:",
      "  scripts/init",
      "  scripts/init my.yaml --provider anthropic --model claude-sonnet-5",
      "  scripts/init lab.yaml --provider openai --model small --no-key \\",
      "      --base-url http://127.0.0.1:8091/v1"
    })
public final class InitCommand implements Callable<Integer> {

  private final PrintStream out;
  private final PrintStream log;
  private final Optional<Terminal> terminal;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      description = "The file to write. Default: my.yaml.")
  private Path file = Path.of("my.yaml");

  @Option(names = "--provider", paramLabel = "ID", description = "Such as openai.")
  private @Nullable String provider;

  @Option(names = "--model", paramLabel = "ID", description = "As the service knows it.")
  private @Nullable String model;

  @Option(
      names = "--option",
      paramLabel = "NAME=VALUE",
      description = "What only this provider's targets say, such as region=eu-central-1.")
  private Map<String, String> options = Map.of();

  @Option(
      names = "--base-url",
      paramLabel = "URL",
      description = "Another endpoint than the provider's own.")
  private @Nullable String baseUrl;

  @Option(
      names = "--key-variable",
      paramLabel = "NAME",
      description = "The environment variable that holds the key. Default: the provider's own.")
  private @Nullable String keyVariable;

  @Option(
      names = "--key-file",
      paramLabel = "FILE",
      description = "The file that holds the key and nothing else.")
  private @Nullable String keyFile;

  @Option(names = "--no-key", description = "The server needs no key.")
  private boolean noKey;

  @Option(names = "--streams", paramLabel = "N", description = "Streams in each round (100).")
  private @Nullable Integer streams;

  @Option(names = "--concurrency", paramLabel = "N", description = "Streams at a time (10).")
  private @Nullable Integer concurrency;

  private InitCommand(
      final PrintStream out, final PrintStream log, final Optional<Terminal> terminal) {
    this.out = out;
    this.log = log;
    this.terminal = terminal;
  }

  /**
   * Runs the command without ending the process. Questions go to the process's terminal.
   *
   * @param out gets what was written, and where to go on
   * @param log gets errors
   * @param arguments see {@code --help}
   * @return the exit status
   */
  public static int run(final PrintStream out, final PrintStream log, final String... arguments) {
    return run(out, log, Terminal.ofThisProcess(), arguments);
  }

  /** The same with another terminal, or none. */
  static int run(
      final PrintStream out,
      final PrintStream log,
      final Optional<Terminal> terminal,
      final String... arguments) {
    return Commands.run(new InitCommand(out, log, terminal), out, log, arguments);
  }

  @Override
  public Integer call() {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return refuse(thereAlready());
    }
    try {
      final Providers providers = Providers.load();
      final ProviderNeeds needs = new ProviderNeeds(providers);
      final Answers answers = new Questions(given(), needs, terminal, log).ask();
      write(
          ConfigurationDraft.yaml(
              answers, file, needs.ownVariable(answers.provider(), answers.options())),
          providers);
    } catch (final NoAnswerException | IllegalArgumentException e) {
      return refuse(Commands.inWords(e));
    } catch (final ConfigurationException e) {
      return refuse("nothing was written, as it could not be used:\n" + e.getMessage());
    } catch (final FileAlreadyExistsException e) {
      return refuse(thereAlready());
    } catch (final NoSuchFileException e) {
      return refuse("the directory of " + file + " is not there: make it first");
    } catch (final AccessDeniedException e) {
      return refuse(file + " can't be written: you have no access to its directory");
    } catch (final IOException e) {
      return refuse(file + " can't be written: " + Commands.inWords(e));
    }
    out.print("Wrote " + shown() + ", which only you can read. Next:\n");
    out.print("  scripts/doctor --config " + shown() + "\n");
    out.print("  scripts/bench --config " + shown() + " --dry-run\n");
    return Commands.DONE;
  }

  private Given given() {
    final List<KeyPlace> places =
        Stream.of(
                Optional.ofNullable(keyVariable).<KeyPlace>map(KeyPlace.Variable::new),
                Optional.ofNullable(keyFile).<KeyPlace>map(KeyPlace.KeyFile::new),
                noKey ? Optional.<KeyPlace>of(new KeyPlace.None()) : Optional.<KeyPlace>empty())
            .flatMap(Optional::stream)
            .toList();
    if (places.size() > 1) {
      throw new IllegalArgumentException(
          "--key-variable, --key-file and --no-key say different things: give one of them");
    }
    return new Given(
        Optional.ofNullable(provider),
        Optional.ofNullable(model),
        options,
        Optional.ofNullable(baseUrl),
        places.stream().findFirst(),
        Optional.ofNullable(streams),
        Optional.ofNullable(concurrency));
  }

  /** Written first, and read as a run would read it: what can't be used does not stay. */
  private void write(final String yaml, final Providers providers)
      throws IOException, ConfigurationException {
    PrivateFiles.createNew(file, yaml.getBytes(StandardCharsets.UTF_8));
    try {
      ConfigurationReader.read(file, providers);
    } catch (final ConfigurationException e) {
      Files.delete(file);
      throw e;
    }
  }

  private String thereAlready() {
    return file + " is there already, and is left as it is: name another file";
  }

  private String shown() {
    return TerminalSummary.safe(List.of(file.toString())).get(0);
  }

  private int refuse(final String message) {
    message
        .lines()
        .forEach(line -> log.println("init: " + TerminalSummary.safe(List.of(line)).get(0)));
    return Commands.BAD_INPUT;
  }
}
