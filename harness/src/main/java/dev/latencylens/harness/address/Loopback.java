package dev.latencylens.harness.address;

import java.net.InetAddress;

/** Which hosts are this machine itself, where nothing travels in the clear. */
public final class Loopback {
  private Loopback() {}

  /**
   * Whether a URL's host is this machine. No name is looked up: what a name stands for may change.
   *
   * @param host as a URL has it, an IPv6 address in brackets
   * @return true for {@code localhost}, 127.0.0.0/8 and ::1
   */
  public static boolean isHost(final String host) {
    return host.equalsIgnoreCase("localhost")
        || IpLiteral.parse(host).filter(InetAddress::isLoopbackAddress).isPresent();
  }
}
