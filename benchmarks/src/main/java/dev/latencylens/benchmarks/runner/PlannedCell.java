package dev.latencylens.benchmarks.runner;

import dev.latencylens.benchmarks.streaming.LoadBenchmark;
import dev.latencylens.benchmarks.streaming.StreamBenchmark;
import dev.latencylens.harness.config.Load;
import dev.latencylens.harness.config.Target;

/**
 * What a cell measures.
 *
 * @param arm the side of a comparison that it belongs to
 * @param target whom it asks, under a name that no other arm's target has
 * @param load how much, and when
 */
record PlannedCell(Arm arm, Target target, Load load) {

  /** The benchmark class: JMH's threads are the users of a closed loop that wants threads. */
  Class<?> benchmark() {
    return hasThreads() ? StreamBenchmark.class : LoadBenchmark.class;
  }

  /** The benchmark's method, as JMH knows it. */
  String method() {
    return benchmark().getName() + (hasThreads() ? ".stream" : ".window");
  }

  boolean hasThreads() {
    return load instanceof Load.Closed closed && closed.users() == Load.Users.THREADS;
  }
}
