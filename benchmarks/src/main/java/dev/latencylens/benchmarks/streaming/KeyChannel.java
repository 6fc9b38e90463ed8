package dev.latencylens.benchmarks.streaming;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.latencylens.harness.secret.KeyLocation;
import dev.latencylens.harness.secret.KeySupply;
import dev.latencylens.harness.secret.MissingKeyException;
import dev.latencylens.harness.secret.Secret;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What is said between a measuring process that needs a key and the process that a person started,
 * which reads it: a JSON object each way over a Unix domain socket in a directory that only its
 * owner may enter. So a key is in no argument, file or environment on its way.
 */
public final class KeyChannel {
  /** Reads and writes both messages; also what a round's plan says of keys. */
  static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .addMixIn(KeyLocation.class, KindOfPlace.class)
          .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
          .disable(JsonParser.Feature.AUTO_CLOSE_SOURCE)
          .build();

  private KeyChannel() {}

  /** Tells the kinds of places apart. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = KeyLocation.Environment.class, name = "environment"),
    @JsonSubTypes.Type(value = KeyLocation.DotEnv.class, name = "dotenv"),
    @JsonSubTypes.Type(value = KeyLocation.KeyFile.class, name = "file"),
    @JsonSubTypes.Type(value = KeyLocation.Vault.class, name = "vault"),
    @JsonSubTypes.Type(value = KeyLocation.AwsSecret.class, name = "aws"),
    @JsonSubTypes.Type(value = KeyLocation.Command.class, name = "command")
  })
  interface KindOfPlace {}

  private record Question(List<KeyLocation> places, String neededBy) {}

  /** One of key and problem is empty. */
  private record Answer(String key, long validForMillis, String source, String problem) {
    /** Never shows the key. */
    @Override
    public String toString() {
      return "Answer[hidden]";
    }
  }

  /**
   * Asks for a key.
   *
   * @param socket where the other process listens
   * @param places where the key may be
   * @param neededBy who needs it, for the message
   * @return the key
   * @throws MissingKeyException if there is none, or the other process is gone
   */
  public static KeySupply.ReadKey ask(
      final Path socket, final List<KeyLocation> places, final String neededBy)
      throws MissingKeyException {
    final Answer answer;
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      JSON.writeValue(Channels.newOutputStream(channel), new Question(places, neededBy));
      channel.shutdownOutput();
      answer = JSON.readValue(Channels.newInputStream(channel), Answer.class);
    } catch (final IOException e) {
      // Without the cause: Jackson's messages quote what they read.
      throw new MissingKeyException(
          "the process that hands over keys is gone, and " + neededBy + " needs one");
    }
    if (!answer.problem().isEmpty()) {
      throw new MissingKeyException(answer.problem());
    }
    return new KeySupply.ReadKey(
        Secret.of(answer.key()), Duration.ofMillis(answer.validForMillis()), answer.source());
  }

  /**
   * Answers one question.
   *
   * @param asker the connection, which stays open
   * @param keys where keys come from
   * @throws IOException if the question can't be read or the answer not be written; the message
   *     holds no key
   */
  public static void answer(final SocketChannel asker, final KeySupply keys) throws IOException {
    final Question question = JSON.readValue(Channels.newInputStream(asker), Question.class);
    try {
      final KeySupply.ReadKey key = keys.read(question.places(), question.neededBy());
      try (Secret secret = key.secret()) {
        final List<Answer> answer = new ArrayList<>();
        secret.use(
            value -> answer.add(new Answer(value, key.validFor().toMillis(), key.source(), "")));
        JSON.writeValue(Channels.newOutputStream(asker), answer.get(0));
      }
    } catch (final MissingKeyException e) {
      JSON.writeValue(Channels.newOutputStream(asker), new Answer("", 0, "", e.getMessage()));
    }
  }
}
