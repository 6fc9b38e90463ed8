package dev.latencylens.benchmarks.doctor;

/** What a check came to. */
enum State {
  /** All is well. */
  PASS("pass"),
  /** It works, and somebody should know of it. */
  LOOK("look"),
  /** It does not work, or is not safe. */
  FAIL("FAIL"),
  /** What no program can see: the operator's duty. */
  YOURS("yours to do");

  private final String label;

  State(final String label) {
    this.label = label;
  }

  /** The word in tables. */
  String label() {
    return label;
  }
}
