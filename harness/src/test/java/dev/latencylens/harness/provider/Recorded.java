package dev.latencylens.harness.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latencylens.harness.framing.FrameDecoder;
import dev.latencylens.harness.framing.FrameSink;
import dev.latencylens.harness.stream.BrokenStreamException;
import dev.latencylens.harness.stream.EventCollector;
import dev.latencylens.harness.stream.StreamEvent;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** The recorded streams of an API, and ways to feed them to its decoders. */
public final class Recorded {
  private static final int LIMIT = 64 << 20;
  private static final Set<String> ENDINGS = Set.of("sse", "ndjson", "events");

  private final StreamApi api;
  private final String directory;
  private final Function<String, byte[]> framing;

  /**
   * Finds recordings.
   *
   * @param api decodes them
   * @param directory where they are, beside this class
   * @param framing makes the bytes on the wire of a file's text
   */
  public Recorded(
      final StreamApi api, final String directory, final Function<String, byte[]> framing) {
    this.api = api;
    this.directory = directory;
    this.framing = framing;
  }

  /** The names of all recorded streams. */
  public List<String> names() {
    return files().stream()
        .filter(name -> ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1)))
        .toList();
  }

  private List<String> files() {
    try (Stream<Path> files =
        Files.list(
            Path.of(Objects.requireNonNull(Recorded.class.getResource(directory)).toURI()))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (final IOException | URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The text of a file, by its name with or without its ending. */
  public String text(final String name) {
    final String file =
        files().stream()
            .filter(other -> other.equals(name) || other.startsWith(name + "."))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no file " + directory + "/" + name));
    try (var in = Recorded.class.getResourceAsStream(directory + "/" + file)) {
      return new String(Objects.requireNonNull(in, file).readAllBytes(), UTF_8);
    } catch (final IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The bytes on the wire of a recorded stream. */
  public byte[] bytes(final String name) {
    return framing.apply(text(name));
  }

  public EventCollector whole(final byte[] body) throws BrokenStreamException {
    return inPieces(body, Math.max(1, body.length));
  }

  public List<StreamEvent> events(final String name) throws BrokenStreamException {
    return whole(bytes(name)).events();
  }

  public EventCollector inPieces(final byte[] body, final int piece) throws BrokenStreamException {
    final EventCollector events = new EventCollector();
    final FrameDecoder frames = api.newFrameDecoder(LIMIT);
    final EventDecoder decoder = api.newEventDecoder();
    final FrameSink sink = frame -> decoder.decode(frame, events);
    for (int i = 0; i < body.length; i += piece) {
      frames.decode(body, i, Math.min(piece, body.length - i), sink);
    }
    frames.end(sink);
    decoder.end(events);
    return events;
  }

  public EventCollector splitAt(final byte[] body, final int split) throws BrokenStreamException {
    final EventCollector events = new EventCollector();
    final FrameDecoder frames = api.newFrameDecoder(LIMIT);
    final EventDecoder decoder = api.newEventDecoder();
    final FrameSink sink = frame -> decoder.decode(frame, events);
    frames.decode(body, 0, split, sink);
    frames.decode(body, split, body.length - split, sink);
    frames.end(sink);
    decoder.end(events);
    return events;
  }
}
