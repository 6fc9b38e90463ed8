package dev.latencylens.harness.provider.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Computes a signature by the letter of AWS's description
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html), as
 * a service does: from what arrived.
 */
final class NaiveSigV4 {
  private static final Pattern AUTHORIZATION =
      Pattern.compile(
          "AWS4-HMAC-SHA256 Credential=([^/]+)/((\\d{8})/([^/]+)/([^/]+)/aws4_request),"
              + " SignedHeaders=([^,]+), Signature=([0-9a-f]{64})");

  private final String path;
  private final Map<String, String> headers;
  private final byte[] body;
  private final Matcher authorization;

  /**
   * Takes a POST request without a query.
   *
   * @param path as it stood in the request line
   * @param headers by name in lower case
   * @param body the body
   */
  NaiveSigV4(final String path, final Map<String, String> headers, final byte[] body) {
    this.path = path;
    this.headers = headers;
    this.body = body;
    authorization = AUTHORIZATION.matcher(headers.getOrDefault("authorization", ""));
    if (!authorization.matches()) {
      throw new IllegalArgumentException("no signature: " + headers.get("authorization"));
    }
  }

  String accessKeyId() {
    return authorization.group(1);
  }

  String region() {
    return authorization.group(4);
  }

  String service() {
    return authorization.group(5);
  }

  String signedHeaders() {
    return authorization.group(6);
  }

  String signature() {
    return authorization.group(7);
  }

  /** The signature that the request should have. */
  String expected(final String secret) {
    try {
      final String text =
          "AWS4-HMAC-SHA256\n"
              + headers.get("x-amz-date")
              + '\n'
              + authorization.group(2)
              + '\n'
              + sha256(canonicalRequest().getBytes(UTF_8));
      byte[] key = hmac(("AWS4" + secret).getBytes(UTF_8), authorization.group(3));
      for (final String part : new String[] {region(), service(), "aws4_request", text}) {
        key = hmac(key, part);
      }
      return HexFormat.of().formatHex(key);
    } catch (final GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private String canonicalRequest() throws GeneralSecurityException {
    final StringBuilder request = new StringBuilder("POST\n");
    request.append(encoded(path)).append("\n\n");
    for (final String name : signedHeaders().split(";", -1)) {
      request.append(name).append(':').append(headers.getOrDefault(name, "").strip()).append('\n');
    }
    return request + "\n" + signedHeaders() + '\n' + sha256(body);
  }

  /** For all services but S3 the path is encoded once more than it is sent. */
  private static String encoded(final String path) {
    final StringBuilder text = new StringBuilder();
    for (final byte b : path.getBytes(UTF_8)) {
      final char c = (char) (b & 0xff);
      if (c == '/' || "-._~".indexOf(c) >= 0 || (c < 0x80 && Character.isLetterOrDigit(c))) {
        text.append(c);
      } else {
        text.append(String.format(Locale.ROOT, "%%%02X", (int) c));
      }
    }
    return text.toString();
  }

  private static String sha256(final byte[] bytes) throws GeneralSecurityException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private static byte[] hmac(final byte[] key, final String text) throws GeneralSecurityException {
    final Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text.getBytes(UTF_8));
  }
}
