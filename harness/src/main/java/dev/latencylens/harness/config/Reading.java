package dev.latencylens.harness.config;

import dev.latencylens.harness.provider.Providers;
import java.nio.file.Path;

/**
 * What the reading of one file knows.
 *
 * @param directory the file's, which relative paths start from
 * @param providers those that a target may name
 * @param root the whole schema, for hints at where a key belongs
 * @param problems takes what is wrong
 */
record Reading(Path directory, Providers providers, Section<?> root, Problems problems) {}
