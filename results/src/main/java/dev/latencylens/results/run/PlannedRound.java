package dev.latencylens.results.run;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One round of the plan, in the order in which rounds are to run.
 *
 * @param round the round's number, from 1
 * @param block the block it belongs to, from 1
 * @param cell the cell's id
 * @param requestsSha256 the SHA-256, in hexadecimal digits, of the SHA-256 of the body of each
 *     request, in the order of their numbers; absent in runs of earlier versions
 * @param scheduleSha256 the SHA-256, in hexadecimal digits, of the times at which requests are to
 *     start; absent where they start as others end
 */
public record PlannedRound(
    int round,
    int block,
    String cell,
    Optional<String> requestsSha256,
    Optional<String> scheduleSha256) {
  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

  /** Checks the numbers, the id and the form of the hashes. */
  public PlannedRound {
    if (round < 1 || block < 1) {
      throw new IllegalArgumentException("rounds and blocks count from 1");
    }
    Cell.requireId(cell);
    requestsSha256.ifPresent(PlannedRound::requireSha256);
    scheduleSha256.ifPresent(PlannedRound::requireSha256);
  }

  /**
   * A round of whose requests and schedule no hash is known.
   *
   * @param round the round's number, from 1
   * @param block the block it belongs to, from 1
   * @param cell the cell's id
   */
  public PlannedRound(int round, int block, String cell) {
    this(round, block, cell, Optional.empty(), Optional.empty());
  }

  private static void requireSha256(String text) {
    if (!SHA_256.matcher(text).matches()) {
      throw new IllegalArgumentException("a SHA-256 has 64 hexadecimal digits");
    }
  }

  /**
   * Whether a round that was run is this one.
   *
   * @param ran what the round's file says
   * @return whether number, block and cell agree
   */
  public boolean plans(Round ran) {
    return round == ran.round() && block == ran.block() && cell.equals(ran.cell());
  }
}
