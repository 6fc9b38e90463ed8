package dev.latencylens.benchmarks.supply;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** A pom.xml, and what in it could change without a commit. */
record Pom(Element root) {
  private static final String DEFAULT_GROUP = "org.apache.maven.plugins";
  private static final String PLUGIN = "plugin";
  private static final String VERSION = "version";

  /** One version: no range, no LATEST, no snapshot. */
  private static final Pattern FIXED =
      Pattern.compile("(?!.*SNAPSHOT)[0-9][A-Za-z0-9._-]*", Pattern.CASE_INSENSITIVE);

  private static final Pattern PROPERTY = Pattern.compile("\\$\\{[a-z0-9.-]+\\.version}");

  static Pom read(final Path file) throws IOException {
    return parse(Files.readString(file));
  }

  static Pom parse(final String text) throws IOException {
    try {
      return new Pom(
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(new InputSource(new StringReader(text)))
              .getDocumentElement());
    } catch (final ParserConfigurationException | SAXException e) {
      throw new IOException("not a pom.xml", e);
    }
  }

  /** Properties named as versions whose value is not one fixed release. */
  List<String> looseProperties() {
    final List<String> loose = new ArrayList<>();
    for (final Element properties : children(root, "properties")) {
      final NodeList all = properties.getChildNodes();
      for (int i = 0; i < all.getLength(); i++) {
        if (all.item(i) instanceof Element property
            && property.getTagName().endsWith(".version")
            && !FIXED.matcher(property.getTextContent().strip()).matches()) {
          loose.add(property.getTagName() + " = " + property.getTextContent().strip());
        }
      }
    }
    return loose;
  }

  /**
   * Versions of libraries and plugins that are neither a property of the root nor the project's
   * own.
   */
  List<String> literalVersions() {
    final List<String> literal = new ArrayList<>();
    for (final String kind : List.of("dependency", PLUGIN, "path", "extension")) {
      for (final Element element : all(kind)) {
        for (final Element version : children(element, VERSION)) {
          final String text = version.getTextContent().strip();
          if (!PROPERTY.matcher(text).matches()) {
            literal.add(name(element) + " " + text);
          }
        }
      }
    }
    return literal;
  }

  /** The plugins that have a version here, as {@code group:artifact}. */
  Set<String> versionedPlugins() {
    final Set<String> versioned = new HashSet<>();
    for (final Element plugin : mavenPlugins()) {
      if (!children(plugin, VERSION).isEmpty()) {
        versioned.add(name(plugin));
      }
    }
    return versioned;
  }

  /** The plugins that this file uses or manages without a version of their own. */
  Set<String> unversionedPlugins() {
    final Set<String> unversioned = new HashSet<>();
    for (final Element plugin : mavenPlugins()) {
      if (children(plugin, VERSION).isEmpty()) {
        unversioned.add(name(plugin));
      }
    }
    return unversioned;
  }

  /** Whether the file sends Maven to a repository of its own choice. */
  boolean namesRepositories() {
    return !all("repositories").isEmpty() || !all("pluginRepositories").isEmpty();
  }

  /** Not the plugins that a plugin's own configuration lists, as SpotBugs' does. */
  private List<Element> mavenPlugins() {
    return all(PLUGIN).stream()
        .filter(
            plugin ->
                plugin.getParentNode() instanceof Element plugins
                    && plugins.getParentNode() instanceof Element owner
                    && Set.of("build", "pluginManagement").contains(owner.getTagName()))
        .toList();
  }

  private List<Element> all(final String tag) {
    return elements(root.getElementsByTagName(tag), tag);
  }

  private static List<Element> children(final Element parent, final String tag) {
    return elements(parent.getChildNodes(), tag);
  }

  private static List<Element> elements(final NodeList nodes, final String tag) {
    final List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      final Node node = nodes.item(i);
      if (node instanceof Element element && element.getTagName().equals(tag)) {
        elements.add(element);
      }
    }
    return elements;
  }

  private static String name(final Element element) {
    final String group =
        children(element, "groupId").stream()
            .map(id -> id.getTextContent().strip())
            .findFirst()
            .orElse(DEFAULT_GROUP);
    return group + ":" + children(element, "artifactId").get(0).getTextContent().strip();
  }
}
