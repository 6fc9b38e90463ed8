package dev.latencylens.harness.secret;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What keys look like, whoever they belong to: the beginnings that services give theirs, and the
 * places where keys stand in requests. Quantifiers are possessive, and bounded where a match can
 * fail after them, so that no text takes more than linear time.
 */
final class SecretShapes {
  private static final String NOT_WITHIN_A_WORD = "(?<![A-Za-z0-9_])";

  /** Whole keys, by how they begin. */
  private static final Pattern KEYS =
      Pattern.compile(
          NOT_WITHIN_A_WORD
              + "(?:"
              // With a digit: words that begin so have none.
              + "sk-(?=[A-Za-z_-]{0,200}+[0-9])[A-Za-z0-9_-]{16,}+"
              + "|AIza[A-Za-z0-9_-]{20,}+"
              + "|AQ\\.[A-Za-z0-9_-]{16,}+"
              + "|(?:AKIA|ASIA)[A-Z0-9]{12,}+"
              + "|(?:gsk|hf|ghp|gho|ghu|ghs|ghr|github_pat)_[A-Za-z0-9_]{16,}+"
              + "|xai-[A-Za-z0-9]{16,}+"
              + "|hv[sb]\\.[A-Za-z0-9_-]{16,}+"
              + "|ya29\\.[A-Za-z0-9_.-]{16,}+"
              + "|eyJ[A-Za-z0-9_-]{8,2000}+\\.[A-Za-z0-9_-]{8,}+\\.[A-Za-z0-9_-]*+"
              + ")");

  private static final Pattern PRIVATE_KEYS =
      Pattern.compile(
          "-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----[^-]*+(?:-----END [A-Z ]{0,20}PRIVATE KEY-----)?+");

  /** Headers that carry credentials, up to the line's end or the quote's. */
  private static final Pattern HEADERS =
      Pattern.compile(
          "(?i)((?<![a-z0-9-])(?:proxy-authorization|authorization|x-api-key|api-key|x-goog-api-key"
              + "|x-amz-security-token|x-vault-token|set-cookie|cookie)\"?+\\s?+[:=]\\s{0,3}+\"?+)"
              + "(?!\\[redacted])[^\\r\\n\"]++");

  private static final Pattern SCHEMES =
      Pattern.compile(
          "(?i)((?<![a-z0-9])(?:bearer|basic) {1,3})(?=[A-Za-z+/_~.-]{0,200}+[0-9=])"
              + "[A-Za-z0-9+/=_~.-]{8,}+");

  private static final Pattern PARAMETERS =
      Pattern.compile(
          "(?i)([?&](?:key|api[_-]?key|access[_-]?token|token|sig|signature|client_secret|password"
              + "|x-amz-signature|x-amz-security-token|x-amz-credential)=)[^&\\s\"'<>#]++");

  private SecretShapes() {}

  /** Whether a whole key of a known shape stands somewhere in a text. */
  static boolean holdsKey(final String text) {
    return KEYS.matcher(text).find() || PRIVATE_KEYS.matcher(text).find();
  }

  static String redact(final String text, final String replacement) {
    // Most texts hold none of it, and are looked at once.
    String redacted = KEYS.matcher(text).replaceAll(Matcher.quoteReplacement(replacement));
    redacted = PRIVATE_KEYS.matcher(redacted).replaceAll(Matcher.quoteReplacement(replacement));
    final String behind = "$1" + Matcher.quoteReplacement(replacement);
    redacted = HEADERS.matcher(redacted).replaceAll(behind);
    redacted = SCHEMES.matcher(redacted).replaceAll(behind);
    return PARAMETERS.matcher(redacted).replaceAll(behind);
  }
}
