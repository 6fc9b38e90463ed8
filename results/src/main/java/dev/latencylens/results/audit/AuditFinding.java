package dev.latencylens.results.audit;

/**
 * Something that verification found at a line.
 *
 * @param file the file's name, such as {@code audit.jsonl}
 * @param line the line's number in the file, from 1; 0 if it is about the file as a whole
 * @param what what is wrong there, to go on after the line: {@code was changed: …}
 */
public record AuditFinding(String file, long line, String what) {
  /**
   * The finding as a sentence for a person.
   *
   * @return such as {@code audit.jsonl line 3 was changed: its hash is not that of its content}
   */
  public String inWords() {
    return line == 0 ? file + " " + what : file + " line " + line + " " + what;
  }
}
