package dev.latencylens.harness;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;

/** Holds the arrows of the design: dependencies point down only. */
@AnalyzeClasses(
    packages = "dev.latencylens.harness",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  private static final String BASE = "dev.latencylens.harness";

  @ArchTest
  static final ArchRule dependenciesPointDown =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("load")
          .definedBy(BASE + ".load..")
          .layer("facade")
          .definedBy(BASE)
          .layer("transport")
          .definedBy(BASE + ".transport..")
          .layer("timeline")
          .definedBy(BASE + ".timeline..")
          .layer("workload")
          .definedBy(BASE + ".workload..")
          .layer("dialect and discipline")
          .definedBy(BASE + ".provider..", BASE + ".limit..", BASE + ".config..")
          .layer("ground")
          .definedBy(BASE + ".framing..", BASE + ".secret..", BASE + ".prompt..", BASE + ".audit..")
          .layer("stream and address")
          .definedBy(BASE + ".stream..", BASE + ".address..")
          .whereLayer("load")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("facade")
          .mayOnlyBeAccessedByLayers("load")
          .whereLayer("transport")
          .mayOnlyBeAccessedByLayers("load", "facade")
          .whereLayer("timeline")
          .mayOnlyBeAccessedByLayers("load", "facade", "transport")
          .whereLayer("workload")
          .mayOnlyBeAccessedByLayers("load", "facade")
          .whereLayer("dialect and discipline")
          .mayOnlyBeAccessedByLayers("load", "facade", "transport", "timeline", "workload")
          .whereLayer("ground")
          .mayOnlyBeAccessedByLayers(
              "load", "facade", "transport", "timeline", "workload", "dialect and discipline");

  @ArchTest
  static final ArchRule streamImportsNoOtherPackage =
      classes()
          .that()
          .resideInAPackage(BASE + ".stream..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(BASE + ".stream..", "java..", "org.jspecify..");

  @ArchTest
  static final ArchRule providersNeitherReadTheClockNorOpenSockets =
      noClasses()
          .that()
          .resideInAPackage(BASE + ".provider..")
          .should()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .dependOnClassesThat()
          .belongToAnyOf(Clock.class, Instant.class)
          .orShould()
          .dependOnClassesThat()
          .resideInAnyPackage("java.net.http..", "java.nio.channels..", "org.apache.hc..");

  @ArchTest
  static final ArchRule framingKnowsNoJson =
      noClasses()
          .that()
          .resideInAPackage(BASE + ".framing..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.fasterxml..", BASE + ".provider..");

  @ArchTest
  static final ArchRule onlyTheTransportKnowsHttpClient =
      noClasses()
          .that()
          .resideOutsideOfPackage(BASE + ".transport..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.hc..");

  @ArchTest
  static final ArchRule theFacadeKnowsNoProviderByName =
      noClasses()
          .that()
          .resideOutsideOfPackage(BASE + ".provider.*..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(BASE + ".provider.*..");
}
