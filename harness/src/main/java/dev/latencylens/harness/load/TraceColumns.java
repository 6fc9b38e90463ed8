package dev.latencylens.harness.load;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Which columns of a trace say when, how much was asked and how much was answered. Names count
 * exactly, as {@code Timestamp} and {@code timestamp} have different units.
 *
 * @param time the column of the arrival
 * @param input the column of the input length
 * @param output the column of the output length
 */
record TraceColumns(Time time, String input, Output output) {

  /**
   * A column of arrivals.
   *
   * @param name its name
   * @param nanosDigits how far right the decimal point moves to give nanoseconds
   * @param rebased whether it counts from some other moment, so that the first row is at 0
   */
  record Time(String name, int nanosDigits, boolean rebased) {}

  /**
   * A column of output lengths.
   *
   * @param name its name
   * @param zeroIsFailure whether 0 says that the request failed
   */
  record Output(String name, boolean zeroIsFailure) {}

  /**
   * {@code Timestamp} is BurstGPT's, in seconds since the first day's midnight; {@code timestamp}
   * is Mooncake's, in milliseconds.
   */
  private static final Map<String, Time> TIMES =
      Map.of(
          "offset_s", new Time("offset_s", 9, false),
          "offset_ms", new Time("offset_ms", 6, false),
          "Timestamp", new Time("Timestamp", 9, true),
          "timestamp", new Time("timestamp", 6, true));

  private static final List<String> INPUTS =
      List.of("input_tokens", "Request tokens", "input_length");

  private static final Map<String, Output> OUTPUTS =
      Map.of(
          "output_tokens", new Output("output_tokens", false),
          "Response tokens", new Output("Response tokens", true),
          "output_length", new Output("output_length", false));

  /** Finds the columns among the names; adds what is missing or double to the problems. */
  static List<TraceColumns> among(final Collection<String> names, final List<String> problems) {
    final List<String> times = named(names, TIMES.keySet());
    final List<String> inputs = named(names, INPUTS);
    final List<String> outputs = named(names, OUTPUTS.keySet());
    require(times, "arrivals", "offset_s, offset_ms, Timestamp or timestamp", problems);
    require(inputs, "input lengths", "input_tokens, Request tokens or input_length", problems);
    require(outputs, "output lengths", "output_tokens, Response tokens or output_length", problems);
    if (!problems.isEmpty()) {
      return List.of();
    }
    return List.of(
        new TraceColumns(
            TIMES.getOrDefault(times.get(0), new Time("", 0, false)),
            inputs.get(0),
            OUTPUTS.getOrDefault(outputs.get(0), new Output("", false))));
  }

  private static List<String> named(
      final Collection<String> names, final Collection<String> wanted) {
    final List<String> found = new ArrayList<>(names);
    found.removeIf(name -> !wanted.contains(name));
    return found;
  }

  private static void require(
      final List<String> found,
      final String what,
      final String names,
      final List<String> problems) {
    if (found.isEmpty()) {
      problems.add("needs a column of " + what + ": " + names);
    } else if (found.size() > 1) {
      problems.add("has more than one column of " + what + ": " + String.join(", ", found));
    }
  }
}
