package dev.latencylens.benchmarks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;

/** Holds the arrows between the modules, and those inside this one. */
@AnalyzeClasses(packages = "dev.latencylens", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  private static final String SUITE = "dev.latencylens";
  private static final String BENCHMARKS = SUITE + ".benchmarks";

  @ArchTest static final ArchRule theHarnessKnowsNoOtherModule = knowsNoOtherModule("harness");

  @ArchTest static final ArchRule theFixturesKnowNoOtherModule = knowsNoOtherModule("fixtures");

  @ArchTest static final ArchRule theResultsKnowNoOtherModule = knowsNoOtherModule("results");

  @ArchTest
  static final ArchRule streamingKnowsNeitherRunnerNorProfiler =
      noClasses()
          .that()
          .resideInAPackage(BENCHMARKS + ".streaming..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(BENCHMARKS + ".runner..", BENCHMARKS + ".profile..");

  @ArchTest
  static final ArchRule theProfilerDoesNotKnowTheRunner =
      noClasses()
          .that()
          .resideInAPackage(BENCHMARKS + ".profile..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(BENCHMARKS + ".runner..");

  @ArchTest
  static final ArchRule benchmarksComputeNoStatistics =
      noClasses()
          .that()
          .resideInAPackage(BENCHMARKS + "..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.commons.statistics..", SUITE + ".results.stats..");

  private static ArchRule knowsNoOtherModule(final String module) {
    return noClasses()
        .that()
        .resideInAPackage(SUITE + "." + module + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            Stream.of("harness", "fixtures", "results", "benchmarks")
                .filter(other -> !other.equals(module))
                .map(other -> SUITE + "." + other + "..")
                .toArray(String[]::new));
  }
}
