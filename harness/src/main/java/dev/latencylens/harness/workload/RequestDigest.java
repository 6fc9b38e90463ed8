package dev.latencylens.harness.workload;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Supplier;

/** Hashes the hashes of bodies, and each body that is sent again only once. Not thread-safe. */
final class RequestDigest {
  /** Stands for a body that no other request has. */
  static final int ONCE = -1;

  private static final int BYTES = 32;

  private final MessageDigest whole = sha256();
  private final MessageDigest one = sha256();
  private final byte[][] known;

  /**
   * Begins a hash.
   *
   * @param repeated how many bodies may come again
   */
  RequestDigest(final int repeated) {
    known = new byte[repeated][];
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (final NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  /**
   * Adds a request.
   *
   * @param index which of the repeated bodies it has, from 0, or {@link #ONCE}
   * @param body its body, asked for only if it is not known yet
   */
  void add(final int index, final Supplier<byte[]> body) {
    if (index == ONCE) {
      whole.update(one.digest(body.get()));
      return;
    }
    if (known[index] == null) {
      known[index] = one.digest(body.get());
    }
    whole.update(known[index], 0, BYTES);
  }

  /** The hash, in hexadecimal digits; nothing can be added afterwards. */
  String hex() {
    return HexFormat.of().formatHex(whole.digest());
  }
}
