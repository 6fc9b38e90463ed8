package dev.latencylens.results.run;

/**
 * The source that the suite was built from.
 *
 * @param revision the commit's full id
 * @param dirty whether the work tree differed from that commit
 */
public record GitRevision(String revision, boolean dirty) {}
