package dev.latencylens.benchmarks.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.harness.secret.Secret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class CapturedOutputTest {
  private static final String KEY = "Zx81KqPw0dTn5-MARKED";

  private final Secret secret = Secret.of(KEY);
  private final CapturedOutput output = new CapturedOutput(() -> {});

  @AfterEach
  void close() {
    secret.close();
  }

  @Test
  void aKeyThatAMeasuringProcessPrintsIsNotInItsLastWords() {
    // In pieces, as a pipe hands it over.
    output.print("it said Zx81KqPw0");
    output.print("dTn5-MARKED twice\n");
    output.println("and " + KEY);

    assertThat(output.lastLines()).containsExactly("it said [redacted] twice", "and [redacted]");
  }

  @Test
  void onlyTheLastLinesAreKept() {
    for (int i = 1; i <= 100; i++) {
      output.println("line " + i);
    }

    assertThat(output.lastLines()).hasSize(40).startsWith("line 61").endsWith("line 100");
  }
}
