package dev.latencylens.benchmarks.runner;

import java.util.Optional;

/**
 * What the next measuring process is made of. JMH starts its forks with the class path that this
 * process believes to have, so that is what says which build measures. For one thread; to be closed
 * when the round is over.
 */
final class ClassPath {
  private static final String PROPERTY = "java.class.path";

  private final Optional<String> own;

  private ClassPath(final Optional<String> own) {
    this.own = own;
  }

  /** Of the build that measures an arm. */
  static ClassPath of(final Arm arm) {
    return new ClassPath(
        arm.build().map(build -> System.setProperty(PROPERTY, build.jar().toString())));
  }

  /** Gives this process its own class path back. */
  void close() {
    own.ifPresent(path -> System.setProperty(PROPERTY, path));
  }
}
