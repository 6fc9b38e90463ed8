package dev.latencylens.harness.secret;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static dev.latencylens.harness.secret.VaultStub.DATA;
import static dev.latencylens.harness.secret.VaultStub.DATA_URL;
import static dev.latencylens.harness.secret.VaultStub.KEY;
import static dev.latencylens.harness.secret.VaultStub.TOKEN;
import static dev.latencylens.harness.secret.VaultStub.VALUE;
import static dev.latencylens.harness.secret.VaultStub.refusal;
import static dev.latencylens.harness.secret.VaultStub.value;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.latencylens.harness.secret.VaultSettings.Login;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom a token is given to. The certificates are made by the JDK's own keytool. */
final class VaultTlsTest {
  private static final String PASSWORD = "changeit";

  private final Path directory;
  private final List<WireMockServer> servers = new ArrayList<>();

  VaultTlsTest(@TempDir final Path directory) {
    this.directory = directory;
  }

  @AfterEach
  void stop() {
    servers.forEach(WireMockServer::stop);
  }

  /** A key store with one certificate that signed itself, and that certificate. */
  private record Identity(Path keyStore, Path certificate) {}

  @Test
  void aServerWhoseAuthorityStandsAnywhereInTheBundleIsTrusted() throws Exception {
    final Identity other = identity("other", "san=ip:127.0.0.1");
    final Identity own = identity("own", "san=ip:127.0.0.1");
    final Path bundle =
        Files.writeString(
            directory.resolve("bundle.pem"),
            Files.readString(other.certificate()) + Files.readString(own.certificate()));

    assertThat(value(keys(serving(own), Optional.of(bundle)).read(KEY))).isEqualTo(VALUE);
  }

  @Test
  void aServerOfAnotherAuthorityIsNotTrusted() throws Exception {
    final Identity other = identity("other", "san=ip:127.0.0.1");
    final Identity own = identity("own", "san=ip:127.0.0.1");
    final WireMockServer vault = serving(own);

    assertThat(refusal(keys(vault, Optional.of(other.certificate())), KEY))
        .startsWith("Vault's certificate is not trusted");
    assertThat(refusal(keys(vault, Optional.empty()), KEY))
        .startsWith("Vault's certificate is not trusted");

    assertThat(vault.getAllServeEvents()).isEmpty();
  }

  @Test
  void aServerOfAnotherNameIsNotTrusted() throws Exception {
    final Identity own = identity("own", "san=dns:vault.example.com");
    final WireMockServer vault = serving(own);

    assertThat(refusal(keys(vault, Optional.of(own.certificate())), KEY))
        .startsWith("Vault's certificate is not trusted, or is for another name");

    assertThat(vault.getAllServeEvents()).isEmpty();
  }

  @Test
  void aServerWithoutTlsIsTold() throws Exception {
    try (VaultStub vault = new VaultStub()) {
      assertThat(refusal(keys(vault.server.port(), Optional.empty()), KEY))
          .startsWith("Vault does not speak TLS there");
    }
  }

  @Test
  void aBundleThatCannotBeReadIsTold() throws Exception {
    final Path bundle = Files.writeString(directory.resolve("bundle.pem"), "MARKED");

    assertThat(refusal(keys(1, Optional.of(bundle)), KEY)).endsWith("name a file in PEM");
  }

  private WireMockServer serving(final Identity identity) {
    final WireMockServer vault =
        new WireMockServer(
            wireMockConfig()
                .httpDisabled(true)
                .dynamicHttpsPort()
                .keystorePath(identity.keyStore().toString())
                .keystoreType("PKCS12")
                .keystorePassword(PASSWORD)
                .keyManagerPassword(PASSWORD));
    servers.add(vault);
    vault.start();
    vault.stubFor(get(DATA_URL).willReturn(okJson(DATA)));
    return vault;
  }

  private static VaultKeys keys(final WireMockServer vault, final Optional<Path> caBundle) {
    return keys(vault.httpsPort(), caBundle);
  }

  private static VaultKeys keys(final int port, final Optional<Path> caBundle) {
    return new VaultKeys(
        new VaultSettings(
            Optional.of(URI.create("https://127.0.0.1:" + port)),
            Optional.empty(),
            caBundle,
            new Login.Token(Optional.empty())),
        Map.of("VAULT_TOKEN", TOKEN),
        place -> Optional.empty());
  }

  private Identity identity(final String name, final String subjectAlternativeName)
      throws Exception {
    final Path keyStore = directory.resolve(name + ".p12");
    final Path certificate = directory.resolve(name + ".pem");
    keytool(
        keyStore,
        "-genkeypair -alias a -keyalg EC -groupname secp256r1 -validity 2 -dname".split(" "),
        "CN=" + name,
        "-ext",
        subjectAlternativeName);
    keytool(keyStore, "-exportcert -rfc -alias a -file".split(" "), certificate.toString());
    return new Identity(keyStore, certificate);
  }

  private static void keytool(final Path keyStore, final String[] first, final String... rest)
      throws IOException, InterruptedException {
    final List<String> command =
        Stream.of(
                Stream.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()),
                Arrays.stream(first),
                Arrays.stream(rest),
                Stream.of("-storetype", "PKCS12", "-storepass", PASSWORD),
                Stream.of("-keystore", keyStore.toString()))
            .flatMap(words -> words)
            .toList();
    final Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }
}
