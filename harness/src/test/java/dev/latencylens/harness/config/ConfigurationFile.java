package dev.latencylens.harness.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latencylens.harness.provider.Providers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes configuration files and reads them. */
final class ConfigurationFile {
  static final Providers PROVIDERS = Providers.load();

  /** A certificate authority without a key that anyone has. */
  static final String PEM =
      """
      -----BEGIN CERTIFICATE-----
      MIIBojCCAUmgAwIBAgIUPp9AqmG7bXeV60r28AcbP1ZmTUowCgYIKoZIzj0EAwIw
      JjEkMCIGA1UEAwwbTGF0ZW5jeSBMZW5zIHRlc3QgYXV0aG9yaXR5MCAXDTI2MTEy
      MzAyMTMzNFoYDzIxMjYxMDMwMDIxMzM0WjAmMSQwIgYDVQQDDBtMYXRlbmN5IExl
      bnMgdGVzdCBhdXRob3JpdHkwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAASrtuo+
      8XzD6pORgkKcT7XrjzKaGbUSgLgHmqexfbt1TVctdIhjcHHQ8MgHzst4JaUBIySo
      NmhZ9UJ6JuHlcl4To1MwUTAdBgNVHQ4EFgQUisn9qhsolyr0kTcvwismx50vGBww
      HwYDVR0jBBgwFoAUisn9qhsolyr0kTcvwismx50vGBwwDwYDVR0TAQH/BAUwAwEB
      /zAKBggqhkjOPQQDAgNHADBEAiBXNVkmyGyzurrJnCzfgPqIYOPCE36STSmWy7px
      dSHWpAIgPuuf76koGtnBrzkJV5WECsDARANxUsZPsTOxgLDzRGY=
      -----END CERTIFICATE-----
      """;

  /** What every file needs, and all that it needs. */
  static final String TARGETS =
      """
      targets:
        - provider: openai
          model: gpt-4o-mini
      """;

  private final Path file;

  ConfigurationFile(final Path directory) {
    file = directory.resolve("bench.yaml");
  }

  Path path() {
    return file;
  }

  /** Where a key is looked for that the configuration does not name. */
  Path dotEnv() {
    return file.toAbsolutePath().resolveSibling(".env");
  }

  Configuration load(final String yaml) throws ConfigurationException {
    write(yaml);
    return ConfigurationReader.read(file, PROVIDERS);
  }

  ConfigurationException refusal(final String yaml) {
    write(yaml);
    return refusal();
  }

  ConfigurationException refusal() {
    return catchThrowableOfType(
        ConfigurationException.class, () -> ConfigurationReader.read(file, PROVIDERS));
  }

  /** The problems as {@code LINE:COLUMN: message}. */
  List<String> problems(final String yaml) {
    return refusal(yaml).problems().stream()
        .map(problem -> problem.line() + ":" + problem.column() + ": " + problem.message())
        .toList();
  }

  private void write(final String yaml) {
    try {
      Files.writeString(file, yaml);
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
