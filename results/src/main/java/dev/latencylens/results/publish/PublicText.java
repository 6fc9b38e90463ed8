package dev.latencylens.results.publish;

import dev.latencylens.results.run.Cell;
import dev.latencylens.results.run.Manifest;
import dev.latencylens.results.run.Subjects;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes out of texts what they must not tell others: who used the machine, what it and those around
 * it are called, and where its files stand. Immutable.
 */
final class PublicText {
  private static final Pattern HOST_AND_PORT =
      Pattern.compile(
          "(?<![A-Za-z0-9.-])(?:[0-9]{1,3}(?:\\.[0-9]{1,3}){3}|[A-Za-z][A-Za-z0-9.-]{0,252})"
              + ":[0-9]{2,5}(?![0-9])");
  private static final Pattern ABSOLUTE_PATH =
      Pattern.compile(
          "(?<![A-Za-z0-9.:/_-])/[A-Za-z0-9._-]+/[A-Za-z0-9._/-]*|(?<![A-Za-z0-9])[A-Za-z]:\\\\\\S*");

  private final Map<Pattern, String> names = new LinkedHashMap<>();
  private final Set<String> users;

  private PublicText(Set<String> users) {
    this.users = users;
  }

  /**
   * Texts about a run.
   *
   * @param manifest the run's manifest, whose users are to be taken out
   * @param hosts what the machine is called, such as {@code build7.example.org}
   */
  static PublicText of(Manifest manifest, Collection<String> hosts) {
    Set<String> users = new TreeSet<>();
    for (Cell cell : manifest.cells()) {
      cell.subject().ifPresent(users::add);
    }
    users.addAll(manifest.configuration().findValuesAsText("user_id"));
    users.removeIf(String::isBlank);
    PublicText text = new PublicText(users);
    users.forEach(user -> text.names.put(Subjects.asWord(user), "user"));
    for (String host : hosts) {
      int dot = host.indexOf('.');
      text.addHost(host);
      text.addHost(dot < 0 ? host : host.substring(0, dot));
    }
    return text;
  }

  private void addHost(String host) {
    // That name says nothing, and stands in the addresses of many harmless examples.
    if (!host.isBlank() && !host.equals("localhost")) {
      names.put(Subjects.asWord(host), "host");
    }
  }

  /** The ids of the run's users. */
  Set<String> users() {
    return users;
  }

  /** A name, without the names of users and of the machine. */
  String name(String text) {
    String left = text;
    for (Map.Entry<Pattern, String> name : names.entrySet()) {
      left = name.getKey().matcher(left).replaceAll(Matcher.quoteReplacement(name.getValue()));
    }
    return left;
  }

  /** A sentence or setting, without those, and without addresses with a port and absolute paths. */
  String sentence(String text) {
    String withoutHosts = HOST_AND_PORT.matcher(name(text)).replaceAll("host");
    return ABSOLUTE_PATH.matcher(withoutHosts).replaceAll("path");
  }
}
