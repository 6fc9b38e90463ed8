package dev.latencylens.harness.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a manifest holds of a configuration. */
final class ManifestFormTest {
  private final Path directory;
  private final ConfigurationFile file;

  ManifestFormTest(@TempDir final Path directory) {
    this.directory = directory;
    file = new ConfigurationFile(directory);
  }

  @Test
  void allKeysAreThereWithDefaultsAndNoPrompt() throws Exception {
    Files.writeString(directory.resolve("ca.pem"), ConfigurationFile.PEM);
    final String json =
        new ObjectMapper()
            .writerWithDefaultPrettyPrinter()
            .writeValueAsString(file.load(ConfigurationTest.DOCUMENTED + "seed: 42\n").redacted());

    assertThat(json.replace("\r\n", "\n"))
        .isEqualTo(
            """
            {
              "targets" : [ {
                "name" : "openai/gpt-4o-mini",
                "provider" : "openai",
                "model" : "gpt-4o-mini",
                "base_url" : "https://api.openai.com/v1",
                "ca_bundle" : "ca.pem",
                "verify_ssl" : true,
                "allow_plaintext" : false
              } ],
              "workload" : {
                "name" : "default",
                "prompt" : {
                  "sha256" : "e507d257b764505f8afd50c0947bfe0f61cf0e29e9e8eb16be7ef4ba796a5b9a",
                  "characters" : 26
                },
                "cache_busting" : false,
                "max_output_tokens" : 64
              },
              "load" : {
                "arrivals" : "closed",
                "streams" : 100,
                "concurrency" : 10,
                "users" : "threads"
              },
              "deadlines" : {
                "connect" : "5s",
                "first_byte" : "30s",
                "first_token" : "30s",
                "idle" : "10s",
                "total" : "2m"
              },
              "limits" : {
                "requests_per_second" : 10.0,
                "burst" : 20
              },
              "stop_target" : {
                "error_share" : 0.5,
                "after_streams" : 50
              },
              "retries" : 0,
              "comparison" : {
                "metrics" : [ "ttft" ],
                "margins" : {
                  "p50" : 0.05,
                  "p95" : 0.1,
                  "p99" : 0.25
                }
              },
              "http2" : "exclusive",
              "connections" : {
                "pool_size" : 100,
                "max_idle_per_host" : 10,
                "pool_idle_timeout" : "90s",
                "reuse" : true,
                "prepare" : true,
                "resume_sessions" : false
              },
              "max_stream_bytes" : "64MiB",
              "max_event_bytes" : "8MiB",
              "canary_share" : 0.02,
              "data" : {
                "prompt_rules" : "warn",
                "store_texts" : false
              },
              "rounds" : 2,
              "seed" : 42
            }\
            """);
  }

  @Test
  void keysAreNamedWithoutBeingRead() throws Exception {
    assertThat(
            file.load(
                    """
                    targets:
                      - { provider: openai, model: a, key: { env: MY_KEY } }
                      - { provider: openai, model: b, key: none }
                    """)
                .redacted()
                .toString())
        .contains("key={env=MY_KEY}", "key=none");
  }
}
