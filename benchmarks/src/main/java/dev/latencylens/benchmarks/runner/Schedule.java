package dev.latencylens.benchmarks.runner;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * The order of the rounds: blocks in which each cell runs once, in seeded random order, so that
 * drift of the machine or of the network touches all cells alike.
 *
 * @param rounds the rounds, in the order in which they run
 */
record Schedule(List<Slot> rounds) {
  /**
   * One round.
   *
   * @param round its number, from 1
   * @param block which block it belongs to, from 1
   * @param cell index of the cell, from 0
   */
  record Slot(int round, int block, int cell) {}

  /** Copies the list. */
  Schedule {
    rounds = List.copyOf(rounds);
  }

  /**
   * Plans a run.
   *
   * @param cells how many cells there are, from 1
   * @param blocks how often each runs, from 1
   * @param seed the same seed gives the same order, on any machine
   */
  static Schedule interleaved(final int cells, final int blocks, final long seed) {
    final Random random = new Random(seed);
    final List<Integer> order = new ArrayList<>();
    for (int cell = 0; cell < cells; cell++) {
      order.add(cell);
    }
    final List<Slot> rounds = new ArrayList<>();
    for (int block = 1; block <= blocks; block++) {
      Collections.shuffle(order, random);
      for (final int cell : order) {
        rounds.add(new Slot(rounds.size() + 1, block, cell));
      }
    }
    return new Schedule(rounds);
  }
}
