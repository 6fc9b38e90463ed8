package dev.latencylens.benchmarks.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.benchmarks.runner.Schedule.Slot;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  @Test
  void eachBlockHoldsEachCellOnce() {
    final List<Slot> rounds = Schedule.interleaved(7, 20, 42).rounds();

    assertThat(rounds).hasSize(140);
    final var cellsByBlock =
        rounds.stream()
            .collect(
                Collectors.groupingBy(
                    Slot::block, Collectors.mapping(Slot::cell, Collectors.toList())));
    assertThat(cellsByBlock).hasSize(20);
    assertThat(cellsByBlock.values())
        .allSatisfy(cells -> assertThat(cells).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6));
  }

  @Test
  void roundsAreNumberedFromOneAndBlocksComeOneAfterAnother() {
    final List<Slot> rounds = Schedule.interleaved(3, 4, 42).rounds();

    assertThat(rounds)
        .extracting(Slot::round)
        .isEqualTo(IntStream.rangeClosed(1, 12).boxed().toList());
    assertThat(rounds).extracting(Slot::block).containsExactly(1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4);
  }

  @Test
  void theSeedFixesTheOrder() {
    assertThat(Schedule.interleaved(6, 10, 1)).isEqualTo(Schedule.interleaved(6, 10, 1));
    assertThat(Schedule.interleaved(6, 10, 1)).isNotEqualTo(Schedule.interleaved(6, 10, 2));
  }

  /** A published run is run again by its seed: the order must not change between releases. */
  @Test
  void theOrderOfASeedNeverChanges() {
    assertThat(Schedule.interleaved(4, 3, 1).rounds())
        .extracting(Slot::cell)
        .containsExactly(3, 0, 1, 2, 2, 3, 1, 0, 2, 1, 0, 3);
  }

  @Test
  void blocksDifferInOrderSoThatNoCellAlwaysComesFirst() {
    final long first =
        Schedule.interleaved(2, 200, 5).rounds().stream()
            .filter(slot -> slot.round() % 2 == 1 && slot.cell() == 0)
            .count();

    assertThat(first).isBetween(60L, 140L);
  }
}
