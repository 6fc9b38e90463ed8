package dev.latencylens.benchmarks.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latencylens.benchmarks.streaming.KeyChannel;
import dev.latencylens.harness.secret.KeyLocation;
import dev.latencylens.harness.secret.KeyRing;
import dev.latencylens.harness.secret.KeySupply;
import dev.latencylens.harness.secret.MissingKeyException;
import dev.latencylens.harness.secret.Secret;
import dev.latencylens.harness.secret.VaultSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeyHandoverTest {
  private static final List<KeyLocation> A = List.of(new KeyLocation.Environment("A_KEY"));
  private static final List<KeyLocation> B = List.of(new KeyLocation.Environment("B_KEY"));

  private final Path directory;
  private long now;

  KeyHandoverTest(@TempDir final Path directory) {
    this.directory = directory;
  }

  private KeyHandover handover() {
    return new KeyHandover(
        new KeyRing(
            Map.of("A_KEY", "key-of-a", "B_KEY", "key-of-b"),
            Optional.empty(),
            VaultSettings.FROM_ENVIRONMENT),
        () -> now);
  }

  private static String value(final KeySupply.ReadKey key) {
    final List<String> seen = new ArrayList<>();
    try (Secret secret = key.secret()) {
      secret.use(seen::add);
    }
    return seen.get(0);
  }

  @Test
  void aMeasuringProcessGetsThePlannedKeysThroughTheSocketAndNoOther() throws Exception {
    try (KeyHandover keys = handover();
        KeyServer server = KeyServer.start(directory, keys)) {
      assertThat(value(keys.read(A, "target a"))).isEqualTo("key-of-a");
      keys.planned();

      final KeySupply.ReadKey key = KeyChannel.ask(server.socket(), A, "target a");
      assertThat(key.source()).isEqualTo("the environment variable A_KEY");
      assertThat(key.validFor()).isGreaterThan(Duration.ofDays(1));
      assertThat(value(key)).isEqualTo("key-of-a");
      assertThat(value(KeyChannel.ask(server.socket(), A, "target a"))).isEqualTo("key-of-a");

      assertThatThrownBy(() -> KeyChannel.ask(server.socket(), B, "target b"))
          .isInstanceOf(MissingKeyException.class)
          .hasMessage("a key was asked for that is not part of this run's plan");
      assertThatThrownBy(
              () ->
                  KeyChannel.ask(
                      server.socket(),
                      List.of(new KeyLocation.Command(List.of("touch", "x"))),
                      "target c"))
          .isInstanceOf(MissingKeyException.class);
    }
    assertThatThrownBy(() -> KeyChannel.ask(directory.resolve("keys"), A, "target a"))
        .hasMessage("the process that hands over keys is gone, and target a needs one");
  }

  @Test
  void aKeyIsReadAgainWhenItMayHaveBeenRotated() throws Exception {
    final Path file = Files.writeString(directory.resolve("key"), "first");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    final List<KeyLocation> places = List.of(new KeyLocation.KeyFile(file));
    try (KeyHandover keys = handover()) {
      assertThat(value(keys.read(places, "target a"))).isEqualTo("first");
      keys.planned();
      Files.writeString(file, "second");

      assertThat(value(keys.read(places, "target a"))).isEqualTo("first");
      now += TimeUnit.HOURS.toNanos(1);
      assertThat(value(keys.read(places, "target a"))).isEqualTo("second");
    }
  }
}
