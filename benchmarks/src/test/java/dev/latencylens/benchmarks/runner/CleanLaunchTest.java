package dev.latencylens.benchmarks.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.harness.provider.Providers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CleanLaunchTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "PATH", "/usr/bin:/bin",
          "LANG", "C.UTF-8",
          "HTTPS_PROXY", "http://me:MARKED@proxy",
          "OPENAI_API_KEY", "MARKED",
          "AWS_SECRET_ACCESS_KEY", "MARKED-aws",
          "VAULT_TOKEN", "MARKED",
          "a key's-NAME", "MARKED");

  private final Path directory;

  CleanLaunchTest(@TempDir final Path directory) {
    this.directory = directory;
  }

  private Path write(final String provider) throws Exception {
    return CleanLaunch.write(directory, Providers.load().get(provider), ENVIRONMENT).orElseThrow();
  }

  /** What the process that a target's streams are measured by finds in its environment. */
  private Map<String, String> environmentOf(final String provider) throws Exception {
    final ProcessBuilder builder =
        new ProcessBuilder(
            write(provider).toString(),
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            CleanLaunchTest.class.getName());
    builder.environment().clear();
    builder.environment().putAll(ENVIRONMENT);
    final Process java = builder.start();
    final String out = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(java.waitFor()).isZero();
    return out.lines()
        .collect(
            Collectors.toMap(
                line -> line.substring(0, line.indexOf('=')),
                line -> line.substring(line.indexOf('=') + 1)));
  }

  /** Prints the environment. */
  public static void main(final String[] arguments) {
    System.getenv().forEach((name, value) -> System.out.println(name + "=" + value));
  }

  @Test
  void aMeasuringProcessGetsNoKeyInItsEnvironment() throws Exception {
    assertThat(environmentOf("openai"))
        .containsEntry("PATH", "/usr/bin:/bin")
        .containsEntry("LANG", "C.UTF-8")
        .containsEntry("HTTPS_PROXY", "http://me:MARKED@proxy")
        .doesNotContainKeys(
            "OPENAI_API_KEY", "AWS_SECRET_ACCESS_KEY", "VAULT_TOKEN", "a key's-NAME");
  }

  @Test
  void aTargetsOwnCloudLibraryFindsItsVariables() throws Exception {
    assertThat(environmentOf("bedrock"))
        .containsEntry("AWS_SECRET_ACCESS_KEY", "MARKED-aws")
        .doesNotContainKeys("OPENAI_API_KEY", "VAULT_TOKEN");
  }

  @Test
  void noValueIsInTheArgumentsOfWhatItRuns() throws Exception {
    final Path launch = write("bedrock");

    // What the shell puts in for a variable would be an argument of env.
    assertThat(Files.readString(launch).replace("\"$@\"", "")).doesNotContain("$", "MARKED");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(launch)))
        .isEqualTo("rwx------");
  }
}
