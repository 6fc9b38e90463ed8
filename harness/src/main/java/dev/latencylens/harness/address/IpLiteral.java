package dev.latencylens.harness.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Addresses that are written out. No name is ever looked up here. */
public final class IpLiteral {
  private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
  private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]{2,45}(%[0-9A-Za-z]{1,32})?");

  /**
   * What parsers of addresses take for one, though they differ on which: octal, hex, one number.
   */
  private static final Pattern ODD_IPV4 =
      Pattern.compile("(0[xX][0-9A-Fa-f]*|[0-9]+)(\\.(0[xX][0-9A-Fa-f]*|[0-9]+)){0,3}\\.?");

  private IpLiteral() {}

  /**
   * Reads an address.
   *
   * @param host four numbers, or an IPv6 address with or without brackets
   * @return empty if it is something else, such as a name
   */
  public static Optional<InetAddress> parse(final String host) {
    final String bare =
        host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    final boolean ipv6 = bare.indexOf(':') >= 0 && IPV6.matcher(bare).matches();
    if (!ipv6 && !IPV4.matcher(bare).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(bare));
    } catch (final UnknownHostException notAnAddress) {
      return Optional.empty();
    }
  }

  /**
   * Whether a host looks like an IPv4 address in another form than four decimal numbers, which
   * different programs read differently.
   *
   * @param host in lower case
   * @return true for octal and hexadecimal numbers, and fewer than four
   */
  public static boolean isOdd(final String host) {
    return ODD_IPV4.matcher(host).matches() && !IPV4.matcher(host).matches();
  }
}
