package dev.latencylens.benchmarks.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.results.table.KnownAnswerTable;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class ValidationTest {
  @Test
  @Timeout(120)
  void clientAndFloorReadTheSameStreamsAndLoseNone() throws Exception {
    final KnownAnswerTable table = new KnownAnswerTable();

    new Validation(1, Duration.ofMillis(400), line -> {})
        .run(List.of(5), List.of(Wire.HTTP1_PLAIN, Wire.HTTP2_SHARED), table);

    assertThat(table.lost()).isZero();
    // Errors of the size of a gap would mean that events were taken for their neighbours.
    assertThat(table.markdown().lines().skip(2))
        .hasSize(2)
        .allSatisfy(
            row ->
                assertThat(Math.abs(Double.parseDouble(row.split("\\| ", -1)[5].split(",", -1)[0])))
                    .isLessThan(15));
  }
}
