package dev.latencylens.harness.address;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * Which addresses no request may reach unless the configuration names them: those at which clouds
 * and networks serve their machines' secrets, and those that are no host's. A configuration, or a
 * name in the domain name system, could else make this suite fetch them (server-side request
 * forgery). Private networks are allowed: people measure servers there.
 */
public final class AddressRules {
  /** Services that give a machine's credentials to whoever asks from it, beyond link-local ones. */
  private static final byte[][] METADATA = {
    {100, 100, 100, (byte) 200}, // Alibaba Cloud
    {(byte) 168, 63, (byte) 129, 16}, // Azure's wire server
    {(byte) 192, 0, 0, (byte) 192}, // Oracle Cloud
    // fd00:ec2::254, AWS over IPv6
    {(byte) 0xfd, 0, 0x0e, (byte) 0xc2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x02, 0x54},
    // fd20:ce::254, Google Cloud over IPv6
    {(byte) 0xfd, 0x20, 0, (byte) 0xce, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x02, 0x54}
  };

  /** Names that machines in clouds resolve to such addresses, also behind a proxy. */
  private static final Set<String> METADATA_NAMES =
      Set.of(
          "metadata",
          "metadata.google.internal",
          "metadata.goog",
          "instance-data",
          "instance-data.ec2.internal",
          "metadata.tencentyun.com",
          "metadata.packet.net",
          "metadata.platformequinix.com");

  private AddressRules() {}

  /**
   * Whether a cloud serves its metadata under a name.
   *
   * @param host in lower case
   * @return true for the names that are known
   */
  public static boolean isMetadataName(final String host) {
    return METADATA_NAMES.contains(
        host.endsWith(".") ? host.substring(0, host.length() - 1) : host);
  }

  /**
   * Looks at an address.
   *
   * @param address what a name was resolved to, or what stood in its place
   * @return what it is, such as {@code a link-local address}, if it is refused
   */
  public static Optional<String> refusal(final InetAddress address) {
    final InetAddress plain = unwrapped(address);
    if (plain.isLinkLocalAddress()) {
      return Optional.of("a link-local address, where clouds serve their metadata");
    }
    if (Arrays.stream(METADATA).anyMatch(each -> Arrays.equals(each, plain.getAddress()))) {
      return Optional.of("the address of a cloud's metadata service");
    }
    if (plain.isAnyLocalAddress()) {
      return Optional.of("the unspecified address, which is no host's");
    }
    if (plain.isMulticastAddress() || isBroadcast(plain)) {
      return Optional.of("an address of many hosts at once");
    }
    return Optional.empty();
  }

  /** An IPv4 address within an IPv6 one: mapped, compatible, 6to4, or through NAT64. */
  private static InetAddress unwrapped(final InetAddress address) {
    if (!(address instanceof Inet6Address)) {
      return address;
    }
    final byte[] bytes = address.getAddress();
    final int from;
    if (startsWith(bytes, 0x20, 0x02)) {
      from = 2;
    } else if (startsWith(bytes, 0x00, 0x64, 0xff, 0x9b)
        || startsWith(bytes, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff)
        || (startsWith(bytes, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
            && (bytes[12] != 0 || bytes[13] != 0))) {
      from = 12;
    } else {
      return address;
    }
    try {
      return InetAddress.getByAddress(Arrays.copyOfRange(bytes, from, from + 4));
    } catch (final UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }

  private static boolean startsWith(final byte[] bytes, final int... prefix) {
    for (int i = 0; i < prefix.length; i++) {
      if ((bytes[i] & 0xff) != prefix[i]) {
        return false;
      }
    }
    return true;
  }

  private static boolean isBroadcast(final InetAddress address) {
    if (!(address instanceof Inet4Address)) {
      return false;
    }
    for (final byte each : address.getAddress()) {
      if (each != (byte) 0xff) {
        return false;
      }
    }
    return true;
  }
}
