package dev.latencylens.harness.secret;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** Which hosts are this machine itself, where nothing travels in the clear. */
public final class Loopback {
  private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
  private static final Pattern IPV4 =
      Pattern.compile("127\\." + OCTET + "\\." + OCTET + "\\." + OCTET);

  private Loopback() {}

  /**
   * Whether a URL's host is this machine. No name is looked up: what a name stands for may change.
   *
   * @param host as a URL has it, an IPv6 address in brackets
   * @return true for {@code localhost}, 127.0.0.0/8 and ::1
   */
  public static boolean isHost(final String host) {
    if (host.startsWith("[")) {
      try {
        // A literal in brackets: no name is looked up.
        return InetAddress.getByName(host).isLoopbackAddress();
      } catch (final UnknownHostException notAnAddress) {
        return false;
      }
    }
    return host.equalsIgnoreCase("localhost") || IPV4.matcher(host).matches();
  }
}
