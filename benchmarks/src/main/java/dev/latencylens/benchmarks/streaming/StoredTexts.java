package dev.latencylens.benchmarks.streaming;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latencylens.harness.secret.KeyAccessException;
import dev.latencylens.harness.secret.KeySupply;
import dev.latencylens.harness.secret.MissingKeyException;
import dev.latencylens.harness.secret.Secret;
import dev.latencylens.harness.secret.TextSeal;
import dev.latencylens.harness.stream.Answer;
import dev.latencylens.harness.stream.StreamRecord;
import dev.latencylens.harness.stream.StreamRequest;
import dev.latencylens.results.run.RunDirectory;
import dev.latencylens.results.run.SealedText;
import dev.latencylens.results.run.SealedTextLog;
import java.io.Closeable;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/**
 * Stores what was asked and answered, encrypted, where the configuration asks for it. Thread-safe.
 */
final class StoredTexts implements Closeable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RoundPlan plan;
  private final TextSeal seal;
  private final SealedTextLog log;
  private final RunDirectory run;

  private StoredTexts(
      final RoundPlan plan, final TextSeal seal, final SealedTextLog log, final RunDirectory run) {
    this.plan = plan;
    this.seal = seal;
    this.log = log;
    this.run = run;
  }

  /**
   * Opens the store of a round.
   *
   * @return empty if no text is stored
   * @throws IOException if the key can't be got or the run directory not be written
   */
  static Optional<StoredTexts> open(final RoundPlan plan, final RunDirectory run)
      throws IOException {
    if (plan.textKey().isEmpty() || plan.handover().isEmpty()) {
      return Optional.empty();
    }
    final KeySupply keys = HandedKeys.from(plan.handover().get());
    try (Secret key = keys.read(plan.textKey(), "data.store_texts").secret()) {
      return Optional.of(
          new StoredTexts(plan, TextSeal.of(key), run.appendTexts(plan.cell(), plan.round()), run));
    } catch (final MissingKeyException | KeyAccessException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /**
   * Stores one stream's texts: its answer is as much as came; of a conversation the last turn is
   * the prompt, and those before it stand by themselves.
   */
  void add(final StreamRequest request, final StreamRecord record) throws IOException {
    final ObjectNode text = JSON.createObjectNode();
    request.system().ifPresent(system -> text.put("system", system));
    final int last = request.messages().size() - 1;
    if (last > 0) {
      final ArrayNode before = text.putArray("before");
      for (final StreamRequest.Message message : request.messages().subList(0, last)) {
        before
            .addObject()
            .put("role", message.role().name().toLowerCase(Locale.ROOT))
            .put("content", message.text());
      }
    }
    text.put("prompt", request.messages().get(last).text());
    text.put("answer", record.answer().flatMap(Answer::text).orElse(""));
    log.write(
        new SealedText(
            plan.round(),
            plan.cell(),
            record.requestId(),
            seal.seal(
                text.toString(),
                SealedText.context(run.manifest(), plan.cell(), record.requestId()))));
  }

  @Override
  public void close() throws IOException {
    log.close();
  }
}
