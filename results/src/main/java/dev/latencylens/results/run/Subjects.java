package dev.latencylens.results.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The user ids of a run and the pseudonyms that stand for them where a line can't be changed later:
 * the audit log is hash-chained. A pseudonym is {@code h:} and the hex of SHA-256(salt, then the id
 * in UTF-8); the salt is 32 random bytes of each id and run. Both stand in {@value #FILE} alone
 * (mode 600): once an entry is erased there, nobody can tell whose the pseudonym was, not even by
 * trying ids, and the chain still holds. Safe for use by several threads and processes.
 */
public final class Subjects {
  /** The file's name in the run directory. */
  public static final String FILE = "subjects.json";

  private static final String LOCK = ".subjects.lock";
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._@-]{1,128}");
  private static final int SALT_BYTES = 32;
  private static final Object IN_THIS_PROCESS = new Object();

  private final Path directory;

  private Subjects(Path directory) {
    this.directory = directory;
  }

  /**
   * The subjects of a run.
   *
   * @param runDirectory the run directory; it need hold no manifest yet
   * @return a view that reads the file at each call
   */
  public static Subjects of(Path runDirectory) {
    return new Subjects(runDirectory);
  }

  static void requireId(String id) {
    if (!isId(id)) {
      throw new IllegalArgumentException(
          "a user id is 1 to 128 letters, digits and . _ @ - (it had " + id.length() + ")");
    }
  }

  /**
   * Whether a text can be a user id.
   *
   * @param text any text
   * @return true for 1 to 128 letters, digits and {@code . _ @ -}
   */
  public static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  /**
   * How a user id, or another name, is found as a word of a text: not as a part of a longer word or
   * user id, but also at the end of a sentence.
   *
   * @param id the id, taken letter by letter
   * @return a pattern that finds it anywhere in a text
   */
  public static Pattern asWord(String id) {
    return Pattern.compile(
        "(?<![A-Za-z0-9])(?<![A-Za-z0-9][._@-])"
            + Pattern.quote(id)
            + "(?![A-Za-z0-9])(?![._@-][A-Za-z0-9])");
  }

  /**
   * The pseudonym of a user in this run, made at the first call and the same ever after.
   *
   * @param id the user id
   * @return {@code h:} and 64 hex digits
   * @throws IllegalArgumentException if it is no user id
   * @throws IOException if the file can't be read or written
   */
  public String pseudonym(String id) throws IOException {
    requireId(id);
    return locked(
        () -> {
          List<Entry> entries = new ArrayList<>(read());
          for (Entry entry : entries) {
            if (entry.id().equals(id)) {
              return entry.pseudonym();
            }
          }
          byte[] salt = new byte[SALT_BYTES];
          new SecureRandom().nextBytes(salt);
          Entry entry = new Entry(hash(salt, id), id, HexFormat.of().formatHex(salt));
          entries.add(entry);
          write(entries);
          return entry.pseudonym();
        });
  }

  /**
   * Whose pseudonym it is.
   *
   * @param pseudonym as the audit log has it
   * @return the user id; empty if it was erased, or is not of this run
   * @throws IOException if the file can't be read
   */
  public Optional<String> id(String pseudonym) throws IOException {
    return find(entry -> entry.pseudonym().equals(pseudonym)).map(Entry::id);
  }

  /**
   * Whether the run knows a user.
   *
   * @param id the user id
   * @return true if it has a pseudonym here
   * @throws IOException if the file can't be read
   */
  public boolean knows(String id) throws IOException {
    return find(entry -> entry.id().equals(id)).isPresent();
  }

  /**
   * Forgets a user: the id and the salt are gone, the pseudonym stays where it is used.
   *
   * @param id the user id
   * @throws IOException if the file can't be read or written
   */
  public void forget(String id) throws IOException {
    if (!Files.exists(file())) {
      return;
    }
    locked(
        () -> {
          List<Entry> entries = read();
          List<Entry> kept = entries.stream().filter(entry -> !entry.id().equals(id)).toList();
          if (kept.size() < entries.size()) {
            write(kept);
          }
          return "";
        });
  }

  private Optional<Entry> find(Predicate<Entry> condition) throws IOException {
    return read().stream().filter(condition).findFirst();
  }

  private Path file() {
    return directory.resolve(FILE);
  }

  private List<Entry> read() throws IOException {
    if (!Files.exists(file())) {
      return List.of();
    }
    JsonNode tree = RunJson.tree(file());
    return RunJson.value(file(), tree, Entries.class).subjects();
  }

  private void write(List<Entry> entries) throws IOException {
    PrivateFiles.replace(file(), RunJson.bytes(new Entries(entries)));
  }

  /** The runner and its forks ask in turn; without a lock one would overwrite the other's entry. */
  private String locked(Work work) throws IOException {
    synchronized (IN_THIS_PROCESS) {
      try (FileChannel channel = PrivateFiles.openToAppend(directory.resolve(LOCK))) {
        channel.lock();
        return work.run();
      }
    }
  }

  private static String hash(byte[] salt, String id) {
    MessageDigest sha256 = Sha256.digest();
    sha256.update(salt);
    return "h:" + HexFormat.of().formatHex(sha256.digest(id.getBytes(StandardCharsets.UTF_8)));
  }

  /** What the file holds. */
  record Entries(List<Entry> subjects) {
    Entries {
      subjects = List.copyOf(subjects);
    }
  }

  /** One user; the salt is in hex. */
  record Entry(String pseudonym, String id, String salt) {}

  /** What is done under the lock. */
  private interface Work {
    String run() throws IOException;
  }
}
