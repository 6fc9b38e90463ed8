package dev.latencylens.harness.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.harness.TestAuthority;
import dev.latencylens.harness.address.IpLiteral;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the configuration says of connections, and what it may not. */
final class NetworkTest {
  private static final String PIN = "sha256/" + "Ab+/".repeat(10) + "abc=";

  private final Path directory;
  private final ConfigurationFile file;

  NetworkTest(@TempDir final Path directory) {
    this.directory = directory;
    this.file = new ConfigurationFile(directory);
  }

  private static String target(final String... lines) {
    return ConfigurationFile.TARGETS + "    " + String.join("\n    ", lines) + "\n";
  }

  private Target read(final String... lines) throws Exception {
    return file.load(target(lines)).targets().get(0);
  }

  private String problem(final String... lines) throws IOException {
    assertThat(file.problems(target(lines))).hasSize(1);
    return file.problems(target(lines)).get(0).toString();
  }

  @Test
  void whatIsLeftOutIsTheSafeWay() throws Exception {
    assertThat(read("name: plain").network()).isEqualTo(Network.DEFAULT);
    assertThat(Network.DEFAULT.allowPlaintext()).isFalse();
    assertThat(Network.DEFAULT.proxy()).isEqualTo(ProxyChoice.FROM_ENVIRONMENT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://10.0.0.7:8000/v1", "http://gpu-1.lan:8000/v1"})
  void plainHttpLeavesTheMachineOnlyWhereItIsAllowedExpressly(final String url) throws Exception {
    assertThat(problem("base_url: " + url))
        .startsWith("4:15: base_url must begin with https://")
        .contains("allow_plaintext: true");

    final Target allowed = read("base_url: " + url, "allow_plaintext: true");
    assertThat(allowed.plaintext()).isTrue();
    assertThat(allowed.baseUrl()).contains(URI.create(url));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://127.0.0.1:8000", "http://localhost", "http://[::1]:1", "https://10.0.0.7"})
  void whatStaysOnTheMachineOrIsEncryptedIsNotPlaintext(final String url) throws Exception {
    assertThat(read("base_url: \"" + url + "\"", "allow_plaintext: true").plaintext()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "https://169.254.169.254/latest, 169.254.169.254",
    "https://[fe80::1], fe80::1",
    "https://[::ffff:169.254.169.254], ::ffff:169.254.169.254",
    "https://[64:ff9b::a9fe:a9fe], 64:ff9b::a9fe:a9fe",
    "https://[2002:a9fe:a9fe::1], 2002:a9fe:a9fe::1",
    "https://[fd00:ec2::254], fd00:ec2::254",
    "https://100.100.100.200, 100.100.100.200",
    "https://168.63.129.16, 168.63.129.16",
    "https://0.0.0.0, 0.0.0.0",
    "https://[::], ::",
    "https://224.0.0.251, 224.0.0.251",
    "https://255.255.255.255, 255.255.255.255",
  })
  void addressesThatServeAMachinesSecretsOrAreNobodysAreRefusedUnlessNamed(
      final String url, final String address) throws Exception {
    assertThat(problem("base_url: \"" + url + "\""))
        .startsWith("4:15: base_url names ")
        .endsWith("name it as allow_address: [" + address + "]");

    final Target named = read("base_url: \"" + url + "\"", "allow_address: [\"" + address + "\"]");
    assertThat(named.network().allowedAddresses())
        .containsExactly(IpLiteral.parse(address).orElseThrow());
    assertThat(problem("base_url: \"" + url + "\"", "allow_address: [169.254.1.1]"))
        .startsWith("4:15: base_url names ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://10.1.2.3",
        "https://192.168.0.9:8443",
        "https://[fd12::1]",
        "https://172.16.0.1"
      })
  void privateNetworksAreWherePeopleRunTheirServers(final String url) throws Exception {
    assertThat(read("base_url: \"" + url + "\"").baseUrl()).contains(URI.create(url));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://metadata.google.internal",
        "https://METADATA.google.internal./v1",
        "https://metadata",
        "https://instance-data.ec2.internal"
      })
  void namesOfMetadataServicesAreRefused(final String url) throws Exception {
    assertThat(problem("base_url: " + url)).contains("names a cloud's metadata service");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.2.3.4/v1", "user:hunter2@proxy:1", "http://proxy", "ftp://proxy:21"})
  void whatIsNoProxyIsRefusedAndNotRepeated(final String value) throws Exception {
    final String prefix = value.contains("://") ? "" : "http://";
    assertThat(problem("proxy: " + prefix + value)).contains("proxy").doesNotContain("hunter2");
  }

  @Test
  void aProxyIsNamedOrNone() throws Exception {
    assertThat(read("proxy: none").network().proxy()).isEqualTo(ProxyChoice.NONE);
    assertThat(read("proxy: http://proxy.lan:3128").network().proxy().url())
        .contains(URI.create("http://proxy.lan:3128"));
    assertThat(
            problem(
                "base_url: http://10.0.0.7",
                "allow_plaintext: true",
                "proxy: http://proxy.lan:3128"))
        .contains("a proxy would read all that passes through it");
  }

  @Test
  void pinsHaveOneForm() throws Exception {
    assertThat(read("pins: [" + PIN + "]").network().pins()).containsExactly(PIN);
    assertThat(problem("pins: [sha256/abc]")).contains("44 characters of base64");
    assertThat(problem("pins: [sha1/" + PIN.substring(7) + "]")).contains("sha256/");
  }

  @Test
  void theManifestHasAllButThePathsOfFiles() throws Exception {
    final TestAuthority.Issued own = TestAuthority.root("clients").issue("me");
    own.chainFile(directory.resolve("own.pem"));
    own.keyFile(directory.resolve("own.key"));

    assertThat(
            file.load(
                    target(
                        "base_url: http://10.0.0.7",
                        "allow_plaintext: true",
                        "client_certificate: { certificate: own.pem, key: own.key }",
                        "pins: [" + PIN + "]",
                        "proxy: none",
                        "allow_address: [169.254.10.1]"))
                .redacted()
                .toString())
        .contains(
            "client_certificate={certificate=own.pem, key=own.key}",
            "pins=[" + PIN + "]",
            "proxy=none",
            "allow_address=[169.254.10.1]",
            "allow_plaintext=true");
  }

  @Test
  void aClientCertificateIsLookedAtBeforeAnythingIsSent() throws Exception {
    final TestAuthority.Issued own = TestAuthority.root("clients").issue("me");
    final Path certificate = own.chainFile(directory.resolve("own.pem"));
    final Path key = own.keyFile(directory.resolve("own.key"));
    final String line = "client_certificate: { certificate: own.pem, key: own.key }";

    assertThat(read(line).network().clientCertificate())
        .contains(new ClientCertificate(certificate, key));

    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
    assertThat(problem(line)).contains("chmod 600 " + key);

    TestAuthority.root("clients").issue("me").keyFile(key);
    assertThat(problem(line)).contains("is not the key of the certificate");

    Files.writeString(key, "-----BEGIN EC PRIVATE KEY-----\nMARKED\n-----END EC PRIVATE KEY-----");
    assertThat(problem(line)).contains("openssl pkcs8 -topk8 -nocrypt").doesNotContain("MARKED");

    Files.writeString(key, "-----BEGIN PRIVATE KEY-----\nTUFSS0VE\n-----END PRIVATE KEY-----");
    assertThat(problem(line)).contains("holds no private key").doesNotContain("TUFSS0VE");

    Files.delete(key);
    assertThat(problem(line)).contains("own.key is not there");
    assertThat(problem("client_certificate: { certificate: own.pem }"))
        .contains("\"key\" is missing");
  }

  @Test
  void anAddressIsNoName() throws Exception {
    assertThat(problem("allow_address: [localhost]")).contains("an IP address");
    assertThat(IpLiteral.parse("example.com")).isEqualTo(Optional.empty());
    assertThat(IpLiteral.parse("1.2.3.04")).isEqualTo(Optional.empty());
  }
}
