package dev.latencylens.results.run;

/**
 * The machine that a run was measured on; {@code unknown} where the system does not tell.
 *
 * @param id the name that stands in the tables' {@code machine} column
 * @param os operating system and its architecture, such as {@code Linux amd64}
 * @param kernel the kernel's version
 * @param cpu the processor's model
 * @param cores logical processors that the JVM may use
 * @param memoryBytes physical memory; 0 where unknown
 * @param frequencyGovernor the CPU frequency governor
 */
public record Machine(
    String id,
    String os,
    String kernel,
    String cpu,
    int cores,
    long memoryBytes,
    String frequencyGovernor) {}
