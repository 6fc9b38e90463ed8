package dev.latencylens.results.page;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * What every page is made of, from the class path.
 *
 * @param style the style sheet
 * @param library the charting library, with the licence that its head states
 * @param program the page's own program
 * @param policy what a browser may do with the page: run and apply these parts, and load nothing
 */
record PageParts(String style, String library, String program, String policy) {
  private static final List<String> PROGRAM =
      List.of(
          "dom.js",
          "axes.js",
          "chart.js",
          "plots.js",
          "forest.js",
          "sweep.js",
          "timeline.js",
          "main.js");

  /**
   * Reads them.
   *
   * @return the parts
   * @throws IOException if one is missing: the build is broken
   */
  static PageParts read() throws IOException {
    Properties versions = new Properties();
    try (InputStream in = open("library.properties")) {
      versions.load(in);
    }
    String version = versions.getProperty("echarts");
    StringBuilder program = new StringBuilder("\"use strict\";\n(() => {\n");
    for (String file : PROGRAM) {
      program.append(text(file));
    }
    program.append("})();\n");
    String style = text("page.css");
    String library =
        text("/META-INF/resources/_static/echarts/" + version + "/dist/echarts.min.js");
    return new PageParts(
        style, library, program.toString(), policy(style, library, program.toString()));
  }

  /** The library places what it draws by style attributes, which can load nothing either. */
  private static String policy(String style, String library, String program) {
    return "default-src 'none'; script-src "
        + hash(library)
        + " "
        + hash(program)
        + "; style-src "
        + hash(style)
        + "; style-src-attr 'unsafe-inline'; base-uri 'none'; form-action 'none'";
  }

  /** By which a policy knows the text between two tags. */
  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String text(String name) throws IOException {
    try (InputStream in = open(name)) {
      // A page's reader takes every line end for a line feed, before it computes a hash.
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .collect(Collectors.joining("\n", "", "\n"));
    }
  }

  private static InputStream open(String name) throws IOException {
    InputStream in = PageParts.class.getResourceAsStream(name);
    if (in == null) {
      throw new IOException("the class path has no " + name + ": build the suite again");
    }
    return in;
  }
}
