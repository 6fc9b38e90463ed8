package dev.latencylens.harness.secret;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A Vault (or OpenBao) server of our own on loopback, which keeps everything in memory. Set up over
 * plain HTTP, and not with the driver that is under test.
 */
final class RealVault implements AutoCloseable {
  static final String ROOT_TOKEN = "root-MARKED-of-this-run";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long START_SECONDS = 60;

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final URI address;

  private RealVault(final Process process, final URI address) {
    this.process = process;
    this.address = address;
  }

  /** The program, if this machine has one: what {@code LATENCYLENS_VAULT} names, or on the path. */
  static Optional<Path> program() {
    final Stream<Path> named = Stream.ofNullable(System.getenv("LATENCYLENS_VAULT")).map(Path::of);
    final List<String> path =
        Arrays.asList(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator));
    final Stream<Path> found =
        path.stream()
            .filter(folder -> !folder.isEmpty())
            .flatMap(folder -> Stream.of(Path.of(folder, "vault"), Path.of(folder, "bao")));
    return Stream.concat(named, found).filter(Files::isExecutable).findFirst();
  }

  static RealVault start(final Path program, final Path home) throws Exception {
    final int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    final ProcessBuilder builder =
        new ProcessBuilder(
            program.toString(),
            "server",
            "-dev",
            "-dev-no-store-token",
            "-dev-root-token-id=" + ROOT_TOKEN,
            "-dev-listen-address=127.0.0.1:" + port);
    builder.environment().keySet().removeIf(name -> name.matches("(VAULT|BAO)_.*"));
    builder.environment().put("HOME", home.toString());
    builder.environment().put("SKIP_SETCAP", "1");
    final Process process = builder.redirectErrorStream(true).start();
    final RealVault vault = new RealVault(process, URI.create("http://127.0.0.1:" + port));
    final CompletableFuture<Boolean> started = new CompletableFuture<>();
    final Thread reader = new Thread(() -> watch(process, started), "vault-output");
    reader.setDaemon(true);
    reader.start();
    try {
      started.get(START_SECONDS, TimeUnit.SECONDS);
    } catch (final Exception e) {
      vault.close();
      throw e;
    }
    return vault;
  }

  /** Reads until the end, as a server whose output nobody reads would stop. */
  private static void watch(final Process process, final CompletableFuture<Boolean> started) {
    final StringBuilder said = new StringBuilder();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        said.append(line).append('\n');
        if (line.startsWith("Root Token:")) {
          started.complete(true);
        }
      }
    } catch (final IOException e) {
      started.completeExceptionally(new UncheckedIOException(e));
    }
    started.completeExceptionally(new IllegalStateException("Vault ended:\n" + said));
  }

  URI address() {
    return address;
  }

  /** Does as the root token may. */
  JsonNode post(final String path, final Map<String, ?> body) throws Exception {
    final HttpResponse<String> response =
        send(request(path).POST(BodyPublishers.ofString(JSON.writeValueAsString(body))));
    if (response.statusCode() / 100 != 2) {
      throw new IllegalStateException(path + ": " + response.statusCode() + response.body());
    }
    return JSON.readTree(response.body());
  }

  /** Whether there is something under a path. */
  boolean has(final String path) throws Exception {
    return send(request(path)).statusCode() == 200;
  }

  /** The accessors of all tokens that are good. */
  Set<String> accessors() throws Exception {
    final Set<String> accessors = new HashSet<>();
    JSON.readTree(send(request("auth/token/accessors?list=true")).body())
        .at("/data/keys")
        .forEach(key -> accessors.add(key.asText()));
    return accessors;
  }

  private HttpRequest.Builder request(final String path) {
    return HttpRequest.newBuilder(address.resolve("/v1/" + path))
        .header("X-Vault-Token", ROOT_TOKEN);
  }

  private HttpResponse<String> send(final HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (final InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
