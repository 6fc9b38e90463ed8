package dev.latencylens.results.care;

import java.nio.file.Path;

/**
 * What a publication wrote.
 *
 * @param directory the release's directory
 * @param cells how many cells it has
 * @param streams how many streams its tables are made of
 * @param files how many files it has
 * @param bytes the bytes of its files
 * @param forced whether it was published against an objection
 */
public record Published(
    Path directory, int cells, long streams, long files, long bytes, boolean forced) {}
