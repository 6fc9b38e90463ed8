package dev.latencylens.harness.provider.bedrock;

import dev.latencylens.harness.provider.AttributeSink;
import dev.latencylens.harness.provider.JsonEvents;
import dev.latencylens.harness.provider.Labels;
import dev.latencylens.harness.provider.ResponseHeaders;
import dev.latencylens.harness.provider.WireRequest;
import dev.latencylens.harness.stream.BrokenStreamException;
import dev.latencylens.harness.stream.StreamAttribute;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/**
 * What both APIs of Bedrock's runtime share.
 *
 * @param region the AWS region that is asked
 */
record BedrockRuntime(String region) {
  static final List<String> REQUEST_ID_HEADERS = List.of("x-amzn-requestid");

  static final List<WireRequest.Header> HEADERS =
      List.of(
          new WireRequest.Header("Content-Type", "application/json"),
          new WireRequest.Header("Accept", "application/vnd.amazon.eventstream"));

  URI defaultBaseUrl() {
    final String suffix = PartitionMetadata.of(Region.of(region)).dnsSuffix();
    return URI.create("https://bedrock-runtime." + region + "." + suffix);
  }

  /**
   * Where an operation on a model is found.
   *
   * @param model an id, or the ARN of a profile; one segment of the path, so its {@code :} and
   *     {@code /} are encoded, as AWS's own clients do. The signature encodes the path once more.
   */
  static URI uri(final URI baseUrl, final String model, final String operation) {
    return URI.create(baseUrl + "/model/" + SdkHttpUtils.urlEncode(model) + "/" + operation);
  }

  void reportRegion(final AttributeSink found) {
    found.attribute(StreamAttribute.REGION, region);
  }

  /** The name of an exception or error in a stream, if it has the form of one. */
  static String errorName(final String name) {
    return Labels.isIdentifier(name) ? name : "error";
  }

  /**
   * Finds the error type in the body of a response. The service itself puts it in the header {@code
   * x-amzn-ErrorType} and only a message in the body; what stands before it (a gateway, a proxy)
   * may use the fields that AWS's JSON protocols know.
   */
  static Optional<String> errorType(final byte[] body) {
    int start = 0;
    while (start < body.length && body[start] != '{') {
      start++;
    }
    String type = "";
    final JsonEvents json = new JsonEvents();
    try {
      if (json.begin(body, start, body.length - start)) {
        while (json.nextField()) {
          switch (json.name()) {
            case "__type", "code" -> type = type.isEmpty() ? shapeName(json.text()) : type;
            default -> json.skip();
          }
        }
      }
    } catch (final BrokenStreamException e) {
      // What was found before the break still stands.
    }
    return Optional.of(type).filter(Labels::isIdentifier);
  }

  /** Finds the error type in the header that the service puts it in, else in the body. */
  static Optional<String> errorType(final ResponseHeaders headers, final byte[] body) {
    return headers
        .first("x-amzn-errortype")
        .map(BedrockRuntime::shapeName)
        .filter(Labels::isIdentifier)
        .or(() -> errorType(body));
  }

  /** The name in {@code namespace#Name:address}, the longest form that the protocols allow. */
  private static String shapeName(final String type) {
    // In this order: an address may hold a # too.
    final int colon = type.indexOf(':');
    final String name = colon < 0 ? type : type.substring(0, colon);
    return name.substring(name.indexOf('#') + 1);
  }
}
