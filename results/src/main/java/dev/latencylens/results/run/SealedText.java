package dev.latencylens.results.run;

/**
 * What was asked in one stream and answered, encrypted: a line of a file under {@code texts/},
 * which a run has only where its configuration asks for it.
 *
 * @param round number of the round, from 1
 * @param cell the cell's id, such as {@code c001}
 * @param stream the stream's id within the run
 * @param sealed the encrypted text in base64
 */
public record SealedText(int round, String cell, String stream, String sealed) {
  /**
   * What a text belongs to: it is bound to that when it is sealed.
   *
   * @param manifest of the run
   * @param cell the cell's id
   * @param stream the stream's id
   * @return the same for the same stream of the same run, wherever its directory is
   */
  public static String context(Manifest manifest, String cell, String stream) {
    return "latency-lens/" + manifest.started() + "/" + cell + "/" + stream;
  }
}
