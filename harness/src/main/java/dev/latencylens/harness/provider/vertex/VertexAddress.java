package dev.latencylens.harness.provider.vertex;

import dev.latencylens.harness.provider.AttributeSink;
import dev.latencylens.harness.stream.StreamAttribute;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Where Vertex AI serves a model, by Google Cloud's documentation
 * (https://cloud.google.com/vertex-ai/generative-ai/docs/learn/locations, November 2026).
 *
 * @param project the project that is billed
 * @param location a region such as {@code europe-west4}, a multi-region ({@code us}, {@code eu}),
 *     or {@code global}
 */
record VertexAddress(String project, String location) {

  /** The location's own endpoint. */
  URI defaultBaseUrl() {
    return URI.create(
        switch (location) {
          case "global" -> "https://aiplatform.googleapis.com";
          case "us", "eu" -> "https://aiplatform." + location + ".rep.googleapis.com";
          default -> "https://" + location + "-aiplatform.googleapis.com";
        });
  }

  /** The address of a model's method. */
  URI method(
      final URI baseUrl, final String publisher, final String model, final String methodAndQuery) {
    return URI.create(
        baseUrl
            + "/v1/projects/"
            + project
            + "/locations/"
            + location
            + "/publishers/"
            + publisher
            + "/models/"
            + URLEncoder.encode(model, StandardCharsets.UTF_8)
                .replace("+", "%20")
                // A version's mark is written as it is: claude-x@20260101.
                .replace("%40", "@")
            + ":"
            + methodAndQuery);
  }

  /** The responses don't name the location: the one that was asked is recorded. */
  void reportRegion(final AttributeSink found) {
    found.attribute(StreamAttribute.REGION, location);
  }
}
