package dev.latencylens.results.publish;

import dev.latencylens.results.care.CareConsole;
import dev.latencylens.results.care.CareLog;
import dev.latencylens.results.care.Published;
import dev.latencylens.results.care.RunAtRest;
import dev.latencylens.results.history.ReleaseIndex;
import dev.latencylens.results.history.ReleaseName;
import dev.latencylens.results.run.RunFormatException;
import dev.latencylens.results.run.RunLock;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code scripts/publish RUN --as RELEASE}: writes a redacted copy of a run for others to read, and
 * renews the index of releases. Exit status: 0 done, 1 a file could not be read or written, 2
 * refused.
 */
@Command(
    name = "publish",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Writes a copy of a run that others may read to results/published/RELEASE: the manifest, "
          + "summary.csv, summary.md, metrics.csv, results.json, the histograms and SHA256SUMS, and "
          + "renews the table in results/published/README.md.",
      "",
      "Streams, texts, timelines and the audit log stay out, and so do user ids, the name of this "
          + "machine, and settings that name addresses, keys, accounts, people or files. Read the "
          + "copy before you commit it: a target or workload may have a name that tells more.",
      "",
      "Refused: a run of a dirty work tree, one with missing or failed rounds or a cell without a "
          + "complete stream, and one whose client read late at ttft p50; --force publishes it all "
          + "the same, and the table and the copy's manifest say what it overrode."
    },
    footer = {
      "",
      "Exit status: 0 done, 1 a file could not be read or written (standard error says whether it was "
          + "published), 2 refused.",
      "",
      "Examples:",
      "  scripts/publish results/runs/20261123T013300Z-hello --as 0.2.0",
      "  cd results/published/0.2.0 && sha256sum -c SHA256SUMS"
    })
public final class PublishCommand implements Callable<Integer> {
  private static final int DONE = 0;
  private static final int FAILED = 1;
  private static final int BAD_INPUT = 2;

  private static final String LOCK = ".lock";

  private final CareConsole console;
  private final CareLog log;
  private final List<String> hosts;

  @Parameters(paramLabel = "RUN", description = "The run directory, as scripts/bench made it.")
  private Path run = Path.of("");

  @Option(
      names = "--as",
      paramLabel = "RELEASE",
      required = true,
      description = "The release's name: letters, digits and . _ -, such as 0.2.0.")
  private String release = "";

  @Option(
      names = "--force",
      description = "Publish in spite of objections, and replace a release of that name.")
  private boolean force;

  @Option(
      names = "--published",
      paramLabel = "DIR",
      description = "The directory of releases. Default: results/published.")
  private Path published = CareConsole.home().resolve("results").resolve("published");

  private PublishCommand(CareConsole console, CareLog log, List<String> hosts) {
    this.console = console;
    this.log = log;
    this.hosts = hosts;
  }

  /**
   * Runs the command without ending the process.
   *
   * @param out gets the paths of the copy and of the index
   * @param err gets objections and errors
   * @param log is told of the publication
   * @param arguments the command line
   * @return the exit status
   */
  public static int run(PrintStream out, PrintStream err, CareLog log, String... arguments) {
    return run(out, err, log, hosts(), arguments);
  }

  static int run(
      PrintStream out, PrintStream err, CareLog log, List<String> hosts, String... arguments) {
    CareConsole console =
        new CareConsole("publish", InputStream.nullInputStream(), out, err, false);
    return console.execute(new PublishCommand(console, log, hosts), arguments);
  }

  /** What the script says that this machine is called; a bare jar asks the environment. */
  private static List<String> hosts() {
    return Stream.of(
            System.getProperty("latencylens.host"),
            System.getenv("HOSTNAME"),
            System.getenv("COMPUTERNAME"))
        .filter(name -> name != null && !name.isBlank())
        .distinct()
        .toList();
  }

  @Override
  public Integer call() {
    if (!ReleaseName.isValid(release)) {
      console.say("--as " + release + ": " + ReleaseName.RULE);
      return BAD_INPUT;
    }
    try (RunAtRest rest = RunAtRest.take(run)) {
      return publish(Publication.of(rest.run(), hosts));
    } catch (RunFormatException e) {
      console.say(String.valueOf(e.getMessage()));
    } catch (IOException | UncheckedIOException e) {
      console.say("nothing was published, as a file can't be read or written: " + e);
      return FAILED;
    }
    return BAD_INPUT;
  }

  private int publish(Publication publication) throws IOException {
    boolean replaces = Files.exists(published.resolve(release), LinkOption.NOFOLLOW_LINKS);
    List<Objection> objections = new ArrayList<>(publication.objections());
    if (replaces) {
      objections.add(
          new Objection(
              "replaces an earlier copy",
              published.resolve(release) + " is there already; choose another name with --as"));
    }
    if (!objections.isEmpty() && !force) {
      objections.forEach(objection -> console.say(objection.sentence()));
      console.say(
          "nothing was published; mend that, or use --force, which the table will then say");
      return BAD_INPUT;
    }
    Optional<Published> written = write(publication, objections, replaces);
    if (written.isEmpty()) {
      return FAILED;
    }
    Published done = written.get();
    objections.forEach(
        objection -> console.say("overridden with --force: " + objection.sentence()));
    console.print(done.directory().toString());
    console.print(published.resolve(ReleaseIndex.FILE).toString());
    try {
      log.published(run, done);
      return DONE;
    } catch (IOException e) {
      console.say("the audit log does not hold this publication: " + e);
      return FAILED;
    }
  }

  /** One at a time: each renews the index from what it finds. */
  private Optional<Published> write(
      Publication publication, List<Objection> objections, boolean replaces) throws IOException {
    Files.createDirectories(published);
    Optional<RunLock> lock = RunLock.tryAcquire(published, LOCK);
    if (lock.isEmpty()) {
      console.say("another publication writes into " + published + " at this moment; try again");
      return Optional.empty();
    }
    try {
      if (!replaces && Files.exists(published.resolve(release), LinkOption.NOFOLLOW_LINKS)) {
        console.say("somebody published " + release + " meanwhile; choose another name with --as");
        return Optional.empty();
      }
      return Optional.of(
          publication.write(
              published, release, objections.stream().map(Objection::brief).toList()));
    } finally {
      lock.get().close();
    }
  }
}
