package dev.latencylens.harness.config;

import dev.latencylens.harness.address.AddressRules;
import dev.latencylens.harness.address.IpLiteral;
import dev.latencylens.harness.address.Loopback;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a target's connections are made, and which are not. Certificates and host names are verified
 * whatever stands here. Immutable and thread-safe.
 *
 * @param caBundle certificate authorities in PEM that are trusted instead of the JDK's; an absolute
 *     path where it came from a file
 * @param clientCertificate what is shown to a service that asks for a certificate
 * @param pins public keys, one of which must stand in the server's verified chain: {@code sha256/}
 *     and the base64 of the SHA-256 of a certificate's SubjectPublicKeyInfo (RFC 7469, section
 *     2.4); any key will do where there are none
 * @param proxy through which proxy
 * @param allowedAddresses addresses that may be connected to though they are refused otherwise
 * @param allowPlaintext whether plain http may leave this machine
 */
public record Network(
    Optional<Path> caBundle,
    Optional<ClientCertificate> clientCertificate,
    List<String> pins,
    ProxyChoice proxy,
    List<InetAddress> allowedAddresses,
    boolean allowPlaintext) {

  /** What holds where the configuration says nothing. */
  public static final Network DEFAULT = trusting(Optional.empty());

  private static final Pattern PIN = Pattern.compile("sha256/[A-Za-z0-9+/]{43}=");

  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if a pin is not of the form
   */
  public Network {
    pins = List.copyOf(pins);
    allowedAddresses = List.copyOf(allowedAddresses);
    if (!pins.stream().allMatch(Network::isPin)) {
      throw new IllegalArgumentException("a pin is sha256/ and 44 characters of base64");
    }
  }

  /**
   * The defaults, with certificate authorities.
   *
   * @param caBundle in PEM, or the JDK's
   * @return the network
   */
  public static Network trusting(final Optional<Path> caBundle) {
    return new Network(
        caBundle, Optional.empty(), List.of(), ProxyChoice.FROM_ENVIRONMENT, List.of(), false);
  }

  static boolean isPin(final String text) {
    return PIN.matcher(text).matches();
  }

  /**
   * Why nothing may be sent to an address.
   *
   * @param address what is about to be connected to
   * @return what it is, such as {@code a link-local address}; empty if it may be asked
   */
  public Optional<String> refusal(final InetAddress address) {
    return allowedAddresses.contains(address) ? Optional.empty() : AddressRules.refusal(address);
  }

  /**
   * Checks an endpoint, as far as that can be done without looking up its name.
   *
   * @throws IllegalArgumentException if it may not be asked; the message goes on after its name
   */
  void check(final URI url) {
    final String host = url.getHost().toLowerCase(Locale.ROOT);
    if (IpLiteral.isOdd(host)) {
      throw new IllegalArgumentException(
          "must write its address as four numbers from 0 to 255: other forms mean different"
              + " addresses to different programs");
    }
    if (AddressRules.isMetadataName(host)) {
      throw new IllegalArgumentException(
          "names a cloud's metadata service, which serves the machine's secrets");
    }
    IpLiteral.parse(host)
        .flatMap(this::refusal)
        .ifPresent(
            refused -> {
              throw new IllegalArgumentException(
                  "names "
                      + refused
                      + ": if that is meant, name it as allow_address: ["
                      + host.replaceAll("[\\[\\]]", "")
                      + "]");
            });
    if (isPlaintext(url)) {
      if (!allowPlaintext) {
        throw new IllegalArgumentException(
            "must begin with https://: keys and prompts would travel in the clear, and plain http"
                + " is accepted on loopback alone (127.0.0.0/8, ::1, localhost), or with"
                + " allow_plaintext: true, which marks all tables");
      }
      if (proxy.url().isPresent()) {
        throw new IllegalArgumentException(
            "must begin with https://: a proxy would read all that passes through it");
      }
    }
  }

  /** Whether what is sent to an endpoint leaves this machine unencrypted. */
  static boolean isPlaintext(final URI url) {
    return "http".equalsIgnoreCase(url.getScheme()) && !Loopback.isHost(url.getHost());
  }
}
