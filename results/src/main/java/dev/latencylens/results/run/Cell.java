package dev.latencylens.results.run;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What one row of a table is about: one benchmark of one target under one workload, load,
 * connection and arm on one machine. All values are free text for people, except the id.
 *
 * @param id {@code c001}, {@code c002} …: the cell's name within its run; also a directory's name,
 *     so nothing but {@code c} and three to six digits is allowed
 * @param benchmark the benchmark's name, such as {@code StreamBenchmark}
 * @param target the target's name in the configuration
 * @param provider the provider's id
 * @param model the model id that was asked for
 * @param workload the workload's name
 * @param load the load's name
 * @param connection the connection's state and protocol
 * @param arm the arm of a comparison; empty where there is none
 * @param machine the machine's id
 * @param subject the user id of whose requests these were, where the configuration names one; 1 to
 *     128 letters, digits and {@code . _ @ -}. It stands in no table
 */
public record Cell(
    String id,
    String benchmark,
    String target,
    String provider,
    String model,
    String workload,
    String load,
    String connection,
    String arm,
    String machine,
    Optional<String> subject) {
  private static final Pattern ID = Pattern.compile("c[0-9]{3,6}");

  /**
   * Checks the ids.
   *
   * @throws IllegalArgumentException if the id is not {@code c} and three to six digits, or the
   *     subject is no user id
   */
  public Cell {
    requireId(id);
    subject.ifPresent(Subjects::requireId);
  }

  /**
   * The id of a cell by its place in the manifest.
   *
   * @param index from 0, and below 999,999
   * @return {@code c001} for the first
   */
  public static String idAt(int index) {
    return String.format(Locale.ROOT, "c%03d", index + 1);
  }

  /** A cell of nobody in particular. */
  public Cell(
      String id,
      String benchmark,
      String target,
      String provider,
      String model,
      String workload,
      String load,
      String connection,
      String arm,
      String machine) {
    this(
        id,
        benchmark,
        target,
        provider,
        model,
        workload,
        load,
        connection,
        arm,
        machine,
        Optional.empty());
  }

  /**
   * This cell under another id, as measured on another machine.
   *
   * @param newId the id
   * @param newMachine the machine's id
   * @return a copy with both set
   * @throws IllegalArgumentException if the id is none
   */
  public Cell on(String newId, String newMachine) {
    return new Cell(
        newId,
        benchmark,
        target,
        provider,
        model,
        workload,
        load,
        connection,
        arm,
        newMachine,
        subject);
  }

  /**
   * This cell as that of a user.
   *
   * @param userId whose requests these are, or empty for nobody in particular
   * @return a copy with the subject set
   * @throws IllegalArgumentException if it is no user id
   */
  public Cell withSubject(Optional<String> userId) {
    return new Cell(
        id, benchmark, target, provider, model, workload, load, connection, arm, machine, userId);
  }

  static void requireId(String id) {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException("a cell's id is c and three to six digits, not: " + id);
    }
  }
}
