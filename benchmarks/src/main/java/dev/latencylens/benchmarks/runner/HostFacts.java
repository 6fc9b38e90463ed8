package dev.latencylens.benchmarks.runner;

import dev.latencylens.results.run.GitRevision;
import dev.latencylens.results.run.Jvm;
import dev.latencylens.results.run.Machine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the manifest says of the machine, the virtual machine and the build. Stateless. */
public final class HostFacts {
  /** Names the form in which a round is handed to the process that measures it. */
  static final String ROUND_PLAN = "round_plan";

  private static final Pattern USED = Pattern.compile("-XX:\\+Use(\\w+GC)");
  private static final String UNKNOWN = "unknown";
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
  private static final Path GOVERNOR =
      Path.of("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor");

  private HostFacts() {}

  /**
   * What is known of this machine, without its name.
   *
   * @return the machine; {@code unknown} where the system does not tell
   */
  public static Machine machine() {
    final String os = System.getProperty("os.name", UNKNOWN);
    final String arch = System.getProperty("os.arch", UNKNOWN);
    final int cores = Runtime.getRuntime().availableProcessors();
    final String cpu = cpuModel();
    return new Machine(
        // Not the host's name: tables are published.
        (os + "-" + arch + "-" + cores + "c").toLowerCase(Locale.ROOT).replace(' ', '-'),
        os + " " + arch,
        System.getProperty("os.version", UNKNOWN),
        cpu,
        cores,
        memoryBytes(),
        firstLine(GOVERNOR).orElse(UNKNOWN));
  }

  private static String cpuModel() {
    try (var lines = Files.lines(CPU_INFO, StandardCharsets.UTF_8)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(UNKNOWN);
    } catch (final IOException | UncheckedIOException e) {
      return UNKNOWN;
    }
  }

  private static long memoryBytes() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : 0;
  }

  private static Optional<String> firstLine(final Path file) {
    try {
      return Files.readAllLines(file, StandardCharsets.UTF_8).stream().findFirst();
    } catch (final IOException e) {
      return Optional.empty();
    }
  }

  /** The virtual machine of the forks, which is this one with the given arguments added. */
  static Jvm jvm(final List<String> forkArguments) {
    return new Jvm(
        System.getProperty("java.runtime.version", UNKNOWN),
        System.getProperty("java.vendor", UNKNOWN),
        collector(forkArguments),
        forkArguments);
  }

  /** The collector that the forks are told to use; else the one that Java chooses here. */
  private static String collector(final List<String> forkArguments) {
    return forkArguments.stream()
        .map(USED::matcher)
        .filter(Matcher::matches)
        .map(matcher -> matcher.group(1))
        .findFirst()
        .orElseGet(
            () ->
                ManagementFactory.getGarbageCollectorMXBeans().stream()
                    .map(bean -> bean.getName())
                    .collect(Collectors.joining(", ")));
  }

  /** Versions of the suite ({@code suite}) and of the libraries that take part, by name. */
  static Map<String, String> versions() {
    final Properties properties = built();
    final Map<String, String> versions = new TreeMap<>();
    properties.stringPropertyNames().forEach(n -> versions.put(n, properties.getProperty(n)));
    versions.remove(ROUND_PLAN);
    return versions;
  }

  /** What the build wrote down of itself. */
  static Properties built() {
    final Properties properties = new Properties();
    try (InputStream in =
        HostFacts.class.getResourceAsStream("/dev/latencylens/benchmarks/versions.properties")) {
      if (in != null) {
        properties.load(in);
      }
    } catch (final IOException e) {
      throw new UncheckedIOException("the build's own versions can't be read", e);
    }
    return properties;
  }

  /** The commit that a checkout stands at; empty outside a checkout, or without git. */
  static Optional<GitRevision> git(final Path checkout) {
    final Optional<String> revision = output(checkout, "git", "rev-parse", "HEAD");
    final Optional<String> changes = output(checkout, "git", "status", "--porcelain");
    return revision.isPresent() && changes.isPresent()
        ? Optional.of(new GitRevision(revision.get(), !changes.get().isEmpty()))
        : Optional.empty();
  }

  private static Optional<String> output(final Path directory, final String... command) {
    try {
      final ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD);
      // It needs no key, and so gets none.
      builder.environment().keySet().retainAll(Set.of("PATH", "HOME"));
      final Process process = builder.start();
      process.getOutputStream().close();
      final String text =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0
          ? Optional.of(text)
          : Optional.empty();
    } catch (final IOException e) {
      return Optional.empty();
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
