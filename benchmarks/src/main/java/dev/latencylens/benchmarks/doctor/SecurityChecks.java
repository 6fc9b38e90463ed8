package dev.latencylens.benchmarks.doctor;

import dev.latencylens.harness.config.Budget;
import dev.latencylens.harness.config.Configuration;
import dev.latencylens.harness.config.HeaderValue;
import dev.latencylens.harness.config.KeyReference;
import dev.latencylens.harness.config.Target;
import dev.latencylens.harness.prompt.PromptPolicy;
import dev.latencylens.harness.secret.KeyLocation;
import dev.latencylens.harness.secret.VaultSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a configuration and its files mean for whoever deploys them. Reads no key. Stateless. */
final class SecurityChecks {
  private SecurityChecks() {}

  /**
   * Looks at a configuration.
   *
   * @param file the configuration's file
   * @param configuration what it holds
   */
  static List<Finding> of(final Path file, final Configuration configuration) {
    final List<Finding> findings = new ArrayList<>();
    findings.add(
        configuration.secretBearing().isPresent()
            ? secretBearing(file, configuration)
            : FileModes.ofTrusted("configuration", file));
    findings.add(Finding.pass("keys", "none stands in the configuration: it would be refused"));
    keyFiles(configuration).forEach(key -> findings.add(FileModes.ofSecret("key file", key)));
    configuration
        .keys()
        .dotEnv()
        .filter(Files::exists)
        .ifPresent(dotEnv -> findings.add(FileModes.ofSecret(".env", dotEnv)));
    if (configuration.targets().stream().anyMatch(SecurityChecks::mayReadEnvironment)) {
      findings.add(
          new Finding(
              State.YOURS,
              "environment",
              "a key may come from an environment variable",
              "who may see this account's processes may read it: a file, Vault, AWS Secrets Manager"
                  + " or a command keeps it out of there"));
    }
    configuration.targets().forEach(target -> network(target, findings));
    data(configuration, findings);
    return findings;
  }

  private static Finding secretBearing(final Path file, final Configuration configuration) {
    final Finding mode = FileModes.ofSecret("configuration", file);
    return mode.state() == State.PASS
        ? mode
        : new Finding(
            mode.state(),
            mode.subject(),
            mode.found()
                + ", and it has "
                + configuration.secretBearing().orElse("a secret")
                + ", which can hold a secret",
            mode.hint());
  }

  private static Set<Path> keyFiles(final Configuration configuration) {
    final Set<Path> files = new LinkedHashSet<>();
    for (final Target target : configuration.targets()) {
      if (target.key() instanceof KeyReference.Places places) {
        add(places.inOrder(), files);
      }
      target
          .headers()
          .values()
          .forEach(
              value -> {
                if (value instanceof HeaderValue.Secret secret) {
                  add(secret.places(), files);
                }
              });
      target.network().clientCertificate().ifPresent(own -> files.add(own.key()));
    }
    add(configuration.care().storeKey(), files);
    final VaultSettings.Login login = configuration.keys().vault().login();
    if (login instanceof VaultSettings.Login.Token token) {
      add(token.token().stream().toList(), files);
    } else if (login instanceof VaultSettings.Login.AppRole role) {
      add(List.of(role.roleId(), role.secretId()), files);
    }
    return files;
  }

  private static void add(final List<KeyLocation> places, final Set<Path> files) {
    for (final KeyLocation place : places) {
      if (place instanceof KeyLocation.KeyFile keyFile) {
        files.add(keyFile.file());
      } else if (place instanceof KeyLocation.DotEnv dotEnv) {
        files.add(dotEnv.file());
      }
    }
  }

  private static boolean mayReadEnvironment(final Target target) {
    return target.key() instanceof KeyReference.ProviderDefault
        || (target.key() instanceof KeyReference.Places places
            && places.inOrder().stream().anyMatch(KeyLocation.Environment.class::isInstance));
  }

  private static void network(final Target target, final List<Finding> findings) {
    final String subject = "connection";
    final String of = target.name() + ": ";
    findings.add(
        target.plaintext()
            ? new Finding(
                State.FAIL,
                subject,
                of + "its key and prompts travel unencrypted (allow_plaintext)",
                "put TLS before the server, and write https:// in base_url")
            : Finding.pass(subject, of + "what leaves this machine is encrypted"));
    if (!target.network().allowedAddresses().isEmpty()) {
      findings.add(
          new Finding(
              State.YOURS,
              subject,
              of + "it may reach addresses that are refused otherwise (allow_address)",
              "make sure that no metadata service answers there"));
    }
    if (target.network().pins().isEmpty() && !target.plaintext()) {
      findings.add(
          new Finding(
              State.YOURS,
              subject,
              of + "whether its certificate was revoked is not asked",
              "pins: [...] at the target, where that matters"));
    }
  }

  private static void data(final Configuration configuration, final List<Finding> findings) {
    if (configuration.safeguards().budget().equals(Budget.NONE)) {
      findings.add(
          new Finding(
              State.YOURS,
              "budget",
              "the run may spend whatever its plan asks for",
              "budget: { requests: N, usd: N }"));
    } else {
      findings.add(Finding.pass("budget", "the run spends no more than it names"));
    }
    findings.add(
        configuration.care().keep().isPresent()
            ? new Finding(
                State.YOURS,
                "keeping",
                "runs are due to be erased after a time (data.keep)",
                "have scripts/erase --expired run every day")
            : new Finding(
                State.YOURS,
                "keeping",
                "runs are kept until somebody erases them",
                "data: { keep: 90d }, and scripts/erase --expired every day"));
    if (configuration.care().promptRules() != PromptPolicy.REJECT) {
      findings.add(
          new Finding(
              State.YOURS,
              "prompts",
              "one that looks like an injection is asked all the same",
              "data: { prompt_rules: reject }, where prompts come from others"));
    }
    if (configuration.care().storeTexts()) {
      findings.add(
          new Finding(
              State.YOURS,
              "stored texts",
              "prompts and answers are stored, encrypted",
              "keep data.store_key apart from the runs, and erase runs when their time is over"));
    } else {
      findings.add(Finding.pass("stored texts", "neither prompts nor answers are stored"));
    }
  }
}
