package dev.latencylens.benchmarks.runner;

import dev.latencylens.harness.config.Configuration;
import dev.latencylens.harness.config.ConfigurationException;
import dev.latencylens.harness.config.ConfigurationReader;
import dev.latencylens.harness.config.Target;
import dev.latencylens.harness.provider.Providers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads the arms of a run, and holds them to being comparable. Stateless. */
final class Arms {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,31}");
  private static final String JAR = "jar:";

  /** What arms may differ in; all else is the run's, or would make them incomparable. */
  static final Set<String> OWN = Set.of("targets", "http2", "connections", "canary_share");

  /** What the first arm says for all. */
  private static final Set<String> OF_THE_RUN = Set.of("name", "seed");

  private Arms() {}

  /**
   * Reads arms as they stand on the command line.
   *
   * @param given what stands behind each name: a configuration's path, or {@code jar:} and the path
   *     of another build of this suite
   * @param shared what builds measure
   * @return the arms, the baseline first
   * @throws ConfigurationException if a configuration is wrong
   * @throws IllegalArgumentException if there are too few arms, or they can't be compared
   */
  static List<Arm> read(final Map<String, String> given, final Configuration shared)
      throws ConfigurationException {
    if (given.size() < 2) {
      throw new IllegalArgumentException(
          "a comparison needs two arms: --arm before=a.yaml --arm after=b.yaml");
    }
    final List<Arm> arms = new ArrayList<>();
    for (final Map.Entry<String, String> each : baselineFirst(given).entrySet()) {
      if (!NAME.matcher(each.getKey()).matches()) {
        throw new IllegalArgumentException(
            "an arm's name has 1 to 32 letters, digits, dots, hyphens and underscores: "
                + each.getKey());
      }
      arms.add(
          each.getValue().startsWith(JAR)
              ? ofBuild(each.getKey(), each.getValue().substring(JAR.length()), shared)
              : new Arm(
                  each.getKey(),
                  ConfigurationReader.read(Path.of(each.getValue()), Providers.load()),
                  Optional.empty()));
    }
    return List.copyOf(arms);
  }

  /** Whether an arm is measured by another build, and so needs to be told what. */
  static boolean hasBuild(final Map<String, String> given) {
    return given.values().stream().anyMatch(value -> value.startsWith(JAR));
  }

  private static Arm ofBuild(final String name, final String jar, final Configuration shared) {
    try {
      return new Arm(name, shared, Optional.of(OtherBuild.read(Path.of(jar))));
    } catch (final IOException e) {
      throw new IllegalArgumentException("arm " + name + ": " + e.getMessage(), e);
    }
  }

  private static Map<String, String> baselineFirst(final Map<String, String> given) {
    final Map<String, String> ordered = new LinkedHashMap<>();
    if (given.containsKey("before")) {
      ordered.put("before", given.get("before"));
    }
    given.forEach(ordered::putIfAbsent);
    return ordered;
  }

  /**
   * Holds arms to differing only in what may be compared: whom they ask, how connections are made,
   * and what the instrument does beside. With another workload or other deadlines a difference
   * would say nothing.
   *
   * @throws IllegalArgumentException if they differ in more, or have no targets in common
   */
  static void requireComparable(final List<Arm> arms) {
    final Arm first = arms.get(0);
    for (final Arm other : arms.subList(1, arms.size())) {
      final Map<String, Object> one = first.configuration().redacted();
      final Map<String, Object> two = other.configuration().redacted();
      final Set<String> keys = new TreeSet<>(one.keySet());
      keys.addAll(two.keySet());
      keys.removeAll(OWN);
      keys.removeAll(OF_THE_RUN);
      keys.removeIf(key -> Objects.equals(one.get(key), two.get(key)));
      if (!keys.isEmpty()) {
        throw new IllegalArgumentException(
            "the arms "
                + first.name()
                + " and "
                + other.name()
                + " differ in "
                + String.join(", ", keys)
                + ": they may differ in "
                + String.join(", ", new TreeSet<>(OWN))
                + " only");
      }
      if (!first.configuration().keys().dotEnv().equals(other.configuration().keys().dotEnv())) {
        throw new IllegalArgumentException(
            "the arms "
                + first.name()
                + " and "
                + other.name()
                + " stand in different directories, each with a .env of its own: put the files"
                + " side by side");
      }
      if (twins(first, other).isEmpty()) {
        throw new IllegalArgumentException(
            "the arms "
                + first.name()
                + " and "
                + other.name()
                + " have no target in common: give targets that are to be compared the same name");
      }
    }
  }

  /**
   * Which targets of two arms are compared: those of the same name, and the only ones whatever they
   * are called.
   *
   * @return the names in the configurations, the baseline's first
   */
  static Map<String, String> twins(final Arm baseline, final Arm candidate) {
    final List<Target> one = baseline.configuration().targets();
    final List<Target> two = candidate.configuration().targets();
    if (one.size() == 1 && two.size() == 1) {
      return Map.of(one.get(0).name(), two.get(0).name());
    }
    final Set<String> names = two.stream().map(Target::name).collect(Collectors.toSet());
    return one.stream()
        .map(Target::name)
        .filter(names::contains)
        .collect(Collectors.toMap(name -> name, name -> name));
  }
}
