package dev.latencylens.benchmarks.supply;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two builds of one commit are made of the same things: everything that comes from outside is
 * pinned.
 */
final class PinnedBuildTest {
  private static final Path ROOT = Path.of(System.getProperty("basedir", ""), "..").normalize();
  private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

  /** What Maven binds to the life cycle of a jar by itself, in a version of its own choice. */
  private static final List<String> BOUND_BY_DEFAULT =
      Stream.of("clean", "compiler", "deploy", "install", "jar", "resources", "site", "surefire")
          .map(name -> "org.apache.maven.plugins:maven-" + name + "-plugin")
          .toList();

  static Stream<Path> poms() {
    return Stream.concat(
        Stream.of(ROOT.resolve("pom.xml")),
        Stream.of("harness", "fixtures", "results", "benchmarks")
            .map(module -> ROOT.resolve(module).resolve("pom.xml")));
  }

  static Stream<Path> workflows() throws IOException {
    try (Stream<Path> files = Files.list(ROOT.resolve(".github/workflows"))) {
      return files.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void everyActionIsPinnedByItsCommit(final Path file) throws IOException {
    assertThat(new Workflow(Files.readString(file)).unpinned()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void aWorkflowHasNoPermissionItDoesNotNameAndReadsNoStoredSecret(final Path file)
      throws IOException {
    final Workflow workflow = new Workflow(Files.readString(file));
    assertThat(workflow.startsWithoutPermissions()).isTrue();
    assertThat(workflow.readsStoredSecrets()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "      - uses: actions/checkout@v7",
        "      - uses: actions/checkout@main",
        "        uses: actions/checkout@3d3c42e # v7.0.1",
        "      - uses: actions/checkout@" + COMMIT,
        "      - uses: actions/checkout@" + COMMIT + " # main",
        "      - uses: docker://alpine:3",
        "      - \"uses\" : actions/checkout@v7",
        "      - { name: x, uses: actions/checkout@v7 }",
      })
  void anActionThatCouldChangeIsFound(final String line) {
    final String pinned = "      - uses: actions/checkout@" + COMMIT + " # v7.0.1\n";
    assertThat(new Workflow(pinned + line).unpinned()).containsExactly(line.strip());
  }

  @Test
  void everyPluginHasAVersionThoseThatMavenBindsByItselfIncluded() throws IOException {
    final Set<String> versioned = Pom.read(ROOT.resolve("pom.xml")).versionedPlugins();
    assertThat(versioned).containsAll(BOUND_BY_DEFAULT);
    for (final Path file : poms().toList()) {
      final Set<String> loose = new HashSet<>(Pom.read(file).unversionedPlugins());
      loose.removeAll(versioned);
      assertThat(loose).as(file.toString()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("poms")
  void everyVersionIsAPropertyWithOneRelease(final Path file) throws IOException {
    final Pom pom = Pom.read(file);
    assertThat(pom.looseProperties()).isEmpty();
    assertThat(pom.literalVersions()).isEmpty();
    assertThat(pom.namesRepositories()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1.0-SNAPSHOT", "[1.0,2.0)", "LATEST", "RELEASE", "1.0-20260101.1-snapshot"})
  void aVersionThatCouldChangeIsFound(final String version) throws IOException {
    final String library = "<groupId>a</groupId><artifactId>b</artifactId>";
    final Pom pom =
        Pom.parse(
            "<project><properties><b.version>%s</b.version></properties>".formatted(version)
                + "<dependencies><dependency>%s<version>%s</version>".formatted(library, version)
                + "</dependency></dependencies>"
                + "<build><plugins><plugin>%s</plugin></plugins></build>".formatted(library)
                + "</project>");
    assertThat(pom.looseProperties()).containsExactly("b.version = " + version);
    assertThat(pom.literalVersions()).containsExactly("a:b " + version);
    assertThat(pom.unversionedPlugins()).containsExactly("a:b");
  }

  @Test
  void mavenRefusesADownloadWhoseChecksumIsWrong() throws IOException {
    assertThat(Files.readString(ROOT.resolve(".mvn/maven.config")).split("\\s+"))
        .contains("--strict-checksums");
  }
}
