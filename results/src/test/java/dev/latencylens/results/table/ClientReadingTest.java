package dev.latencylens.results.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.latencylens.results.run.Account;
import dev.latencylens.results.run.InstrumentReading;
import dev.latencylens.results.run.Round;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ClientReadingTest {
  private static Round round(int number, Map<String, Double> health) {
    return new Round(
        number,
        number,
        "c001",
        Instant.EPOCH,
        Instant.EPOCH,
        Round.Status.FINISHED,
        Optional.empty(),
        JsonNodeFactory.instance.arrayNode(),
        health,
        InstrumentReading.NONE,
        new Account(0, 0, 0, 0, 0, new TreeMap<>()),
        Optional.empty());
  }

  @Test
  void roundsAreSummedUpAndTheWorstOfThemTold() {
    ClientReading reading =
        ClientReading.of(
            List.of(
                round(
                    1,
                    Map.ofEntries(
                        Map.entry("window_ms", 4000.0),
                        Map.entry("cores", 2.0),
                        Map.entry("cpu_ms", 1000.0),
                        Map.entry("gc_count", 1.0),
                        Map.entry("gc_ms", 5.0),
                        Map.entry("safepoint_ms", 7.0),
                        Map.entry("safepoint_max_ms", 5.5),
                        Map.entry("hiccup_p99_ms", 1.2),
                        Map.entry("hiccup_max_ms", 8.0),
                        Map.entry("steal_ticks", 30.0),
                        Map.entry("content_reads", 990.0),
                        Map.entry("content_events", 1000.0),
                        Map.entry("warm_up_flat", 1.0))),
                round(
                    2,
                    Map.of(
                        "window_ms", 6000.0,
                        "cores", 2.0,
                        "cpu_ms", 4000.0,
                        "safepoint_ms", 3.0,
                        "safepoint_max_ms", 2.0,
                        "hiccup_p99_ms", 2.5,
                        "hiccup_max_ms", 4.0,
                        "content_reads", 980.0,
                        "content_events", 1000.0,
                        "warm_up_flat", 0.0))));

    assertThat(reading.sentence())
        .hasValue(
            "The client, while it measured: CPU 25% of 2 cores; collections 1, 5 ms in all;"
                + " safepoints 10.0 ms in all, 5.5 ms at most; hiccups p99 2.5 ms, 8.0 ms at most; stolen 0.3 s; 197"
                + " reads/s; 1.5% of events in a read with another.");
    assertThat(reading.notWarm()).containsExactly(2);
  }

  @Test
  void runsOfEarlierVersionsSayNothing() {
    assertThat(ClientReading.of(List.of(round(1, Map.of()))).sentence()).isEmpty();
    assertThat(ClientReading.of(List.of()).notWarm()).isEmpty();
  }
}
