package dev.latencylens.results.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The directory of rounds: a file for each that is over, named by its number. */
final class RoundStore {
  private static final Pattern ROUND_FILE = Pattern.compile("[0-9]{4,9}\\.json");

  private RoundStore() {}

  static void write(Path directory, Round round) throws IOException {
    PrivateFiles.createDirectory(directory);
    PrivateFiles.replace(directory.resolve(fileName(round.round())), RunJson.bytes(round));
  }

  /** Passes by all other names: a killed run may have left a part of a file under one. */
  static RoundFiles read(Path directory) throws IOException {
    List<Round> rounds = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    for (Path file : files(directory)) {
      String shown = directory.getFileName() + "/";
      try {
        Round round = RunJson.value(file, RunJson.tree(file), Round.class);
        if (file.getFileName().toString().equals(fileName(round.round()))) {
          rounds.add(round);
        } else {
          warnings.add(shown + file.getFileName() + " is left out: it is of another round");
        }
      } catch (RunFormatException e) {
        warnings.add(shown + e.getMessage() + "; that round is left out");
      }
    }
    rounds.sort(Comparator.comparingInt(Round::round));
    return new RoundFiles(rounds, warnings);
  }

  private static List<Path> files(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> content = Files.list(directory)) {
      return content.filter(file -> isRound(file.getFileName().toString())).sorted().toList();
    }
  }

  /** Whether a file's name is that of a round. */
  static boolean isRound(String fileName) {
    return ROUND_FILE.matcher(fileName).matches();
  }

  /** A round's number as it stands in the names of files. */
  static String number(int round) {
    return String.format(Locale.ROOT, "%04d", round);
  }

  private static String fileName(int round) {
    return number(round) + ".json";
  }
}
