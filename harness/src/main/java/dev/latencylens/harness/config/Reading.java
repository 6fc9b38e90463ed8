package dev.latencylens.harness.config;

import java.nio.file.Path;
import java.util.Set;

/**
 * What the reading of one file knows.
 *
 * @param directory the file's, which relative paths start from
 * @param knownProviders the ids that a target may name
 * @param root the whole schema, for hints at where a key belongs
 * @param problems takes what is wrong
 */
record Reading(Path directory, Set<String> knownProviders, Section<?> root, Problems problems) {}
