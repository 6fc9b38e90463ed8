package dev.latencylens.benchmarks.runner;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latencylens.benchmarks.console.Commands;
import dev.latencylens.harness.config.Configuration;
import dev.latencylens.harness.config.ConfigurationException;
import dev.latencylens.harness.config.ConfigurationReader;
import dev.latencylens.harness.provider.Providers;
import dev.latencylens.harness.secret.KeyAccessException;
import dev.latencylens.harness.secret.KeyRing;
import dev.latencylens.harness.secret.MissingKeyException;
import dev.latencylens.harness.secret.Secret;
import dev.latencylens.harness.secret.TextSeal;
import dev.latencylens.results.run.Manifest;
import dev.latencylens.results.run.RunDirectory;
import dev.latencylens.results.run.RunFormatException;
import dev.latencylens.results.run.SealedText;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code scripts/reveal}: opens the prompts and answers that a run stored encrypted. */
@Command(
    name = "reveal",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Prints the prompts and answers that a run stored encrypted, one JSON object a line.",
      "The key is read from where the configuration's data.store_key says."
    },
    footer = {
      "",
      "Exit status: 0 done, 1 some texts could not be opened, 2 bad arguments, run or key.",
      "",
      "Example:",
      "  scripts/reveal results/runs/20261123T101500Z-nightly --config my.yaml"
    })
public final class RevealCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final PrintStream out;
  private final PrintStream log;

  @Parameters(paramLabel = "RUN", description = "The directory of a run.")
  private Path directory = Path.of("");

  @Option(
      names = "--config",
      paramLabel = "FILE",
      required = true,
      description = "The configuration whose data.store_key names the key.")
  private Path config = Path.of("");

  private RevealCommand(final PrintStream out, final PrintStream log) {
    this.out = out;
    this.log = log;
  }

  /**
   * Runs the command without ending the process.
   *
   * @param out gets the texts
   * @param log gets errors
   * @param arguments see {@code --help}
   * @return the exit status
   */
  public static int run(final PrintStream out, final PrintStream log, final String... arguments) {
    return Commands.run(new RevealCommand(out, log), out, log, arguments);
  }

  @Override
  public Integer call() {
    try {
      final Configuration configuration = ConfigurationReader.read(config, Providers.load());
      if (configuration.care().storeKey().isEmpty()) {
        return refuse(config + " names no data.store_key");
      }
      final RunDirectory run = RunDirectory.open(directory);
      final List<SealedText> texts = run.readTexts();
      if (texts.isEmpty()) {
        return refuse(directory + " holds no texts: data.store_texts was off");
      }
      try (KeyRing ring =
              new KeyRing(
                  System.getenv(), configuration.keys().dotEnv(), configuration.keys().vault());
          Secret key = ring.read(configuration.care().storeKey(), "scripts/reveal").secret()) {
        return print(texts, TextSeal.of(key), run.manifest());
      }
    } catch (final ConfigurationException
        | MissingKeyException
        | KeyAccessException
        | RunFormatException e) {
      return refuse(String.valueOf(e.getMessage()));
    } catch (final IOException e) {
      return refuse(directory + " can't be read: " + e.getClass().getSimpleName());
    }
  }

  private int print(final List<SealedText> texts, final TextSeal seal, final Manifest manifest)
      throws IOException {
    int unopened = 0;
    for (final SealedText text : texts) {
      try {
        final String opened =
            seal.open(text.sealed(), SealedText.context(manifest, text.cell(), text.stream()));
        final ObjectNode line = JSON.createObjectNode();
        line.put("stream", text.stream());
        line.put("cell", text.cell());
        line.setAll((ObjectNode) JSON.readTree(opened));
        out.println(line);
      } catch (final KeyAccessException e) {
        unopened++;
        log.println("reveal: " + text.stream() + ": " + e.getMessage());
      }
    }
    return unopened == 0 ? Commands.DONE : Commands.FAILED;
  }

  private int refuse(final String message) {
    log.println("reveal: " + message);
    return Commands.BAD_INPUT;
  }
}
