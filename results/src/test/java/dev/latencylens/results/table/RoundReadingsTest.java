package dev.latencylens.results.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.results.SampleRun;
import dev.latencylens.results.run.StreamCount;
import dev.latencylens.results.run.StreamTime;
import java.util.Objects;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class RoundReadingsTest {
  private final RoundReadings readings = new RoundReadings();

  private Histogram gathered(String tag) {
    return Objects.requireNonNull(readings.histograms().get(tag));
  }

  @Test
  void endsOfCompleteStreamsStandApartOnlyWhereOthersFailed() {
    readings.add(SampleRun.complete(1, "c001", 1, 200, 10, 5).build());
    assertThat(readings.histograms()).containsKey("window").doesNotContainKey("e2e_complete");

    readings.add(SampleRun.ended(1, "c001", 2, "truncated").time(StreamTime.E2E, 7).build());

    assertThat(gathered("e2e_complete").getTotalCount()).isEqualTo(1);
  }

  @Test
  void aDeadlineIsALowerBoundOfWhatItCutOff() {
    readings.add(
        SampleRun.ended(1, "c001", 1, "timeout_first_token")
            .time(StreamTime.LIMIT, 400_000_000)
            .build());

    assertThat(gathered("ttft_limit").getTotalCount()).isEqualTo(1);
    assertThat(gathered("e2e_limit").getMaxValue()).isGreaterThanOrEqualTo(400_000_000);
  }

  @Test
  void whateverAServiceCountsEndsNoRound() {
    for (long absurd : new long[] {Long.MAX_VALUE, -1, 0}) {
      readings.add(
          SampleRun.complete(1, "c001", 1, 200, 10, 5)
              .count(StreamCount.OUTPUT_TOKENS, absurd)
              .count(StreamCount.COST_PICO_USD, absurd)
              .build());
    }

    assertThat(gathered("output_tokens").getTotalCount()).isEqualTo(3);
  }
}
