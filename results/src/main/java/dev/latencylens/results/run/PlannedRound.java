package dev.latencylens.results.run;

/**
 * One round of the plan, in the order in which rounds are to run.
 *
 * @param round the round's number, from 1
 * @param block the block it belongs to, from 1
 * @param cell the cell's id
 */
public record PlannedRound(int round, int block, String cell) {

  /** Checks the numbers and the id. */
  public PlannedRound {
    if (round < 1 || block < 1) {
      throw new IllegalArgumentException("rounds and blocks count from 1");
    }
    Cell.requireId(cell);
  }
}
