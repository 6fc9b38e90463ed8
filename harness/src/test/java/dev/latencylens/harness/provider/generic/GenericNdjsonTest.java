package dev.latencylens.harness.provider.generic;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.stream.Collectors;

final class GenericNdjsonTest extends GenericContract {
  GenericNdjsonTest() {
    super("ndjson", "/lines?v=1");
  }

  @Override
  protected byte[] stream(final List<String> events) {
    return events.stream().map(event -> event + "\n").collect(Collectors.joining()).getBytes(UTF_8);
  }

  @Override
  protected String accept() {
    return "application/x-ndjson";
  }
}
