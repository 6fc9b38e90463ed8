package dev.latencylens.benchmarks.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.harness.config.Target;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
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
          "VAULT_TOKEN", "MARKED");

  private final Path directory;

  CleanLaunchTest(@TempDir final Path directory) {
    this.directory = directory;
  }

  private Path write(final String provider) throws Exception {
    return CleanLaunch.write(directory, Target.of(provider, "m"), ENVIRONMENT).orElseThrow();
  }

  @Test
  void aMeasuringProcessGetsNoKeyInItsEnvironment() throws Exception {
    final Path launch = write("openai");

    assertThat(launch)
        .content()
        .contains("PATH=\"$PATH\"", "LANG=\"$LANG\"", "HTTPS_PROXY=\"$HTTPS_PROXY\"")
        .doesNotContain("OPENAI", "AWS", "VAULT", "MARKED");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(launch)))
        .isEqualTo("rwx------");
  }

  @Test
  void aTargetsOwnCloudLibraryFindsItsVariables() throws Exception {
    assertThat(write("bedrock"))
        .content()
        .contains("AWS_SECRET_ACCESS_KEY=\"$AWS_SECRET_ACCESS_KEY\"")
        .doesNotContain("OPENAI", "VAULT", "MARKED");
  }

  @Test
  void itRunsJavaWithWhatItIsGiven() throws Exception {
    final Process java =
        new ProcessBuilder(write("openai").toString(), "-XshowSettings:properties", "-version")
            .redirectErrorStream(true)
            .start();

    assertThat(new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .contains("java.home = " + System.getProperty("java.home"));
    assertThat(java.waitFor()).isZero();
  }
}
