package dev.latencylens.benchmarks.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the checks of a machine make of what the system says. */
final class MachineChecksTest {
  private final Path groups;

  MachineChecksTest(@TempDir final Path groups) {
    this.groups = groups;
  }

  @Test
  void aQuotaOfTheSecondVersionIsToldAsCores() throws IOException {
    Files.writeString(groups.resolve("cpu.max"), "150000 100000\n");
    Files.writeString(groups.resolve("memory.max"), "2147483648\n");

    final Finding finding = ContainerLimits.read(groups).finding();

    assertThat(finding.state()).isEqualTo(State.LOOK);
    assertThat(finding.found()).isEqualTo("1.5 cores' time, 2048 MiB of memory");
  }

  @Test
  void aQuotaOfTheFirstVersionIsToldAsCores() throws IOException {
    final Path cpu = Files.createDirectory(groups.resolve("cpu"));
    Files.writeString(cpu.resolve("cpu.cfs_quota_us"), "50000\n");
    Files.writeString(cpu.resolve("cpu.cfs_period_us"), "100000\n");

    assertThat(ContainerLimits.read(groups).finding().found()).isEqualTo("0.5 cores' time");
  }

  @Test
  void whatIsNotBoundedIsNoLimit() throws IOException {
    final Finding none = Finding.pass("container", "no limit of processor time or memory");
    assertThat(ContainerLimits.read(groups).finding()).isEqualTo(none);
    final Path cpu = Files.createDirectory(groups.resolve("cpu"));
    Files.writeString(cpu.resolve("cpu.cfs_quota_us"), "-1\n");
    Files.writeString(cpu.resolve("cpu.cfs_period_us"), "100000\n");
    final Path memory = Files.createDirectory(groups.resolve("memory"));
    Files.writeString(memory.resolve("memory.limit_in_bytes"), "9223372036854771712\n");
    assertThat(ContainerLimits.read(groups).finding()).isEqualTo(none);
    Files.writeString(groups.resolve("cpu.max"), "max 100000\n");
    Files.writeString(groups.resolve("memory.max"), "max\n");
    assertThat(ContainerLimits.read(groups).finding()).isEqualTo(none);
  }

  @Test
  void memoryAloneDoesNotStallAProcess() throws IOException {
    Files.writeString(groups.resolve("memory.max"), "4294967296\n");

    assertThat(ContainerLimits.read(groups).finding())
        .isEqualTo(Finding.pass("container", "processor time not limited, 4096 MiB of memory"));
  }

  @Test
  void stolenTimeIsAShareOfAllCores() {
    assertThat(MachineChecks.steal(Map.of("steal_ticks", 10.0, "window_ms", 1000.0, "cores", 2.0)))
        .extracting(Finding::state, Finding::found)
        .containsExactly(State.LOOK, "5.0% of the last second");
    assertThat(
            MachineChecks.steal(Map.of("steal_ticks", 0.0, "window_ms", 1000.0, "cores", 2.0))
                .state())
        .isEqualTo(State.PASS);
    assertThat(MachineChecks.steal(Map.of("window_ms", 1000.0, "cores", 2.0)).found())
        .contains("not told");
  }

  @Test
  void aGovernorThatSlowsCoresDownIsWorthALook() {
    assertThat(MachineChecks.governor("powersave").state()).isEqualTo(State.LOOK);
    assertThat(MachineChecks.governor("performance").state()).isEqualTo(State.PASS);
    assertThat(MachineChecks.governor("unknown").state()).isEqualTo(State.PASS);
  }

  @Test
  void aTemporaryDirectoryThatCannotBeUsedFails() {
    assertThat(MachineChecks.temporary(groups.resolve("none")).state()).isEqualTo(State.FAIL);
    assertThat(MachineChecks.temporary(groups).state()).isEqualTo(State.PASS);
    assertThat(groups).isEmptyDirectory();
  }
}
