package dev.latencylens.results;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.latencylens.results");

  @Test
  void resultsKnowsNoOtherModule() {
    check(
        noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "dev.latencylens.harness..",
                "dev.latencylens.fixtures..",
                "dev.latencylens.benchmarks.."));
  }

  @Test
  void resultsSendsNoRequest() {
    check(
        noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.net.http..", "java.nio.channels.spi..", "org.apache.hc.."));
    check(noClasses().should().dependOnClassesThat().haveFullyQualifiedName("java.net.Socket"));
  }

  @Test
  void packagesDependDownwardsOnly() {
    String base = "dev.latencylens.results.";
    check(
        noClasses()
            .that()
            .resideInAPackage(base + "run")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                base + "stats..",
                base + "table",
                base + "figures",
                base + "page",
                base + "report"));
    check(
        noClasses()
            .that()
            .resideInAPackage(base + "stats..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(base + "table", base + "figures", base + "page", base + "report"));
    check(
        noClasses()
            .that()
            .resideInAPackage(base + "table")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(base + "figures", base + "page", base + "report"));
    check(
        noClasses()
            .that()
            .resideInAPackage(base + "figures")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(base + "page", base + "report", base + "care"));
    check(
        noClasses()
            .that()
            .resideInAPackage(base + "page")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(base + "report"));
  }

  @Test
  void nothingBelowKnowsOfErasureAndExport() {
    String base = "dev.latencylens.results.";
    check(
        noClasses()
            .that()
            .resideInAnyPackage(
                base + "run", base + "stats..", base + "table", base + "page", base + "report")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(base + "care"));
  }

  @Test
  void nothingBelowKnowsOfReleasesAndMerging() {
    String base = "dev.latencylens.results.";
    check(
        noClasses()
            .that()
            .resideInAnyPackage(
                base + "run",
                base + "stats..",
                base + "table",
                base + "report",
                base + "audit",
                base + "care")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(base + "history", base + "publish", base + "merge"));
    check(
        noClasses()
            .that()
            .resideInAPackage(base + "history")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(base + "publish", base + "merge"));
  }

  private static void check(ArchRule rule) {
    rule.check(CLASSES);
  }
}
