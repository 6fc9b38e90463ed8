package dev.latencylens.results.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;

/** Reads a manifest, and tells a person what to do with one that can't be read. */
final class ManifestFile {
  private ManifestFile() {}

  static Manifest read(Path file) throws IOException {
    int version;
    try {
      JsonNode tree = RunJson.tree(file);
      version = tree.path("schema_version").asInt(0);
      if (version < 1) {
        throw new RunFormatException(file.getFileName() + " is damaged (it has no schema_version)");
      }
      if (version <= Manifest.SCHEMA_VERSION) {
        return RunJson.value(file, tree, Manifest.class);
      }
    } catch (RunFormatException e) {
      throw new RunFormatException(
          file.getParent()
              + ": "
              + e.getMessage()
              + "; restore the file from a copy, or measure again",
          e);
    }
    throw new RunFormatException(
        file
            + " was written by a newer Latency Lens (schema version "
            + version
            + ", this one reads up to "
            + Manifest.SCHEMA_VERSION
            + "); read it with that version");
  }
}
