package dev.latencylens.harness.config;

import dev.latencylens.harness.address.IpLiteral;
import dev.latencylens.harness.secret.ClientIdentity;
import dev.latencylens.harness.secret.KeyAccessException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Tag;

/** The keys of a target that say how it is reached. */
final class NetworkSchema {
  private static final int MOST = 16;

  static final Key<Target, URI> BASE_URL =
      Key.optional(
          "base_url",
          BaseUrl.anywhere("https://api.example.com/v1"),
          "the provider's own endpoint",
          Target::baseUrl,
          "The endpoint: https, or http on loopback.");

  private static final Key<Target, Path> CA_BUNDLE =
      Key.optional(
          "ca_bundle",
          CaBundle.type(),
          "the authorities that the JDK trusts",
          target -> target.network().caBundle(),
          "Certificate authorities that are trusted instead, relative to the file's directory.");

  private static final Key<Target, Boolean> VERIFY_SSL =
      Key.withDefault(
          "verify_ssl",
          new ScalarType<>(
              "true",
              Set.of(Tag.BOOL),
              (text, reading) -> {
                if (!Boolean.parseBoolean(text)) {
                  throw new IllegalArgumentException(
                      "can't be turned off: name the server's certificate authority as ca_bundle"
                          + " instead");
                }
                return Optional.of(true);
              },
              verify -> verify),
          true,
          target -> true,
          "Certificates and host names are always verified; only true is accepted.");

  private static final Key<ClientCertificate, Path> CERTIFICATE =
      Key.required(
          "certificate",
          CaBundle.type(),
          ClientCertificate::certificate,
          "The certificate and those of the authorities between, in PEM.");

  private static final Key<ClientCertificate, Path> PRIVATE_KEY =
      Key.required(
          "key",
          new ScalarType<>(
              "the path of a file with a private key in PEM (PKCS #8)",
              Set.of(Tag.STR),
              (text, reading) -> Optional.of(FilePaths.resolve(text, reading.directory())),
              path -> String.valueOf(path.getFileName())),
          ClientCertificate::key,
          "The file of its private key, which its owner alone may read.");

  private static final Key<Target, ClientCertificate> CLIENT_CERTIFICATE =
      Key.optional(
          "client_certificate",
          new Section<>(List.of(CERTIFICATE, PRIVATE_KEY), NetworkSchema::certificate),
          "none",
          target -> target.network().clientCertificate(),
          "What is shown to a service that asks for a certificate.");

  private static final Key<Target, List<String>> PINS =
      Key.optional(
          "pins",
          new ListType<>(
              Types.text("sha256/ and 44 characters of base64", Network::isPin, text -> text),
              MOST),
          "any key that a trusted certificate vouches for",
          target -> Optional.of(target.network().pins()).filter(pins -> !pins.isEmpty()),
          "Public keys, one of which must stand in the server's verified chain.");

  private static final Key<Target, ProxyChoice> PROXY =
      Key.optional(
          "proxy",
          ProxyChoice.type(),
          "what HTTPS_PROXY and NO_PROXY say",
          target ->
              Optional.of(target.network().proxy()).filter(choice -> !choice.fromEnvironment()),
          "The proxy through which an encrypted connection is made, or none.");

  private static final Key<Target, List<InetAddress>> ALLOW_ADDRESS =
      Key.optional(
          "allow_address",
          new ListType<>(
              new ScalarType<>(
                  "an IP address such as 169.254.10.1",
                  Set.of(Tag.STR),
                  (text, reading) -> IpLiteral.parse(text),
                  InetAddress::getHostAddress),
              MOST),
          "none",
          target ->
              Optional.of(target.network().allowedAddresses()).filter(list -> !list.isEmpty()),
          "Link-local, metadata, multicast and unspecified addresses that may be asked all the same.");

  private static final Key<Target, Boolean> ALLOW_PLAINTEXT =
      Key.withDefault(
          "allow_plaintext",
          Types.flag(),
          false,
          target -> target.network().allowPlaintext(),
          "Whether plain http may leave this machine, key and all; it marks every table.");

  static final List<Key<Target, ?>> KEYS =
      List.of(
          BASE_URL,
          CA_BUNDLE,
          VERIFY_SSL,
          CLIENT_CERTIFICATE,
          PINS,
          PROXY,
          ALLOW_ADDRESS,
          ALLOW_PLAINTEXT);

  private NetworkSchema() {}

  private static Optional<ClientCertificate> certificate(final Values values) {
    final ClientCertificate files =
        new ClientCertificate(values.get(CERTIFICATE), values.get(PRIVATE_KEY));
    try {
      ClientIdentity.read(files.certificate(), files.key());
      return Optional.of(files);
    } catch (final KeyAccessException unusable) {
      values.problem(PRIVATE_KEY, unusable.getMessage());
      return Optional.empty();
    }
  }

  /** The network of a target, if its endpoint may be asked in it. */
  static Optional<Network> build(final Values values) {
    final Network network =
        new Network(
            values.find(CA_BUNDLE),
            values.find(CLIENT_CERTIFICATE),
            values.find(PINS).orElseGet(List::of),
            values.find(PROXY).orElse(ProxyChoice.FROM_ENVIRONMENT),
            values.find(ALLOW_ADDRESS).orElseGet(List::of),
            values.get(ALLOW_PLAINTEXT));
    final Optional<URI> url = values.find(BASE_URL);
    if (url.isPresent()) {
      try {
        network.check(url.get());
      } catch (final IllegalArgumentException refused) {
        values.problem(BASE_URL, "base_url " + refused.getMessage());
        return Optional.empty();
      }
    }
    return Optional.of(network);
  }
}
