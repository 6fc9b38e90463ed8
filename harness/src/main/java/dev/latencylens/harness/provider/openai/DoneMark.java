package dev.latencylens.harness.provider.openai;

import dev.latencylens.harness.framing.Frame;
import java.util.Arrays;

/** The frame {@code [DONE]}, which ends a stream and is no JSON. */
final class DoneMark {
  private static final byte[] DONE = {'[', 'D', 'O', 'N', 'E', ']'};

  private DoneMark() {}

  static boolean is(final Frame frame) {
    int from = frame.offset();
    int to = from + frame.length();
    final byte[] bytes = frame.bytes();
    while (from < to && bytes[from] == ' ') {
      from++;
    }
    while (from < to && bytes[to - 1] == ' ') {
      to--;
    }
    return Arrays.equals(bytes, from, to, DONE, 0, DONE.length);
  }
}
