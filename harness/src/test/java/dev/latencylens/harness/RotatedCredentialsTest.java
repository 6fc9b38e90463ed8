package dev.latencylens.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latencylens.harness.config.Target;
import dev.latencylens.harness.provider.Credentials;
import dev.latencylens.harness.provider.HeaderKey;
import dev.latencylens.harness.provider.WireRequest;
import dev.latencylens.harness.secret.KeyLocation;
import dev.latencylens.harness.secret.KeySupply;
import dev.latencylens.harness.secret.MissingKeyException;
import dev.latencylens.harness.secret.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class RotatedCredentialsTest {
  private long now = 1_000;
  private final Place place = new Place();
  private final List<Credentials> opened = new ArrayList<>();

  /** A place whose key can be rotated, or be gone. */
  private static final class Place implements KeySupply {
    private String key = "first-key-0001";
    private int readings;

    @Override
    public ReadKey read(final List<KeyLocation> places, final String neededBy)
        throws MissingKeyException {
      readings++;
      if (key.isEmpty()) {
        throw new MissingKeyException("the place is closed");
      }
      return new ReadKey(Secret.of(key), Duration.ofSeconds(60), "a test");
    }

    @Override
    public List<KeyLocation> own(final String variable) {
      return List.of(new KeyLocation.Environment(variable));
    }

    @Override
    public boolean has(final String variable) {
      return true;
    }
  }

  private RotatedCredentials open() throws MissingKeyException {
    return RotatedCredentials.open(
        Target.of("openai", "m"),
        place,
        keys -> {
          final Credentials credentials = HeaderKey.bearer(keys.read("OPENAI_API_KEY"));
          opened.add(credentials);
          return credentials;
        },
        () -> now);
  }

  private static String sent(final Credentials credentials) throws Exception {
    final List<String> values = new ArrayList<>();
    credentials.authenticate(
        new WireRequest(URI.create("https://127.0.0.1/"), List.of(), new byte[0]),
        (name, value) -> values.add(value));
    return values.get(0);
  }

  private void pass(final long seconds) {
    now += TimeUnit.SECONDS.toNanos(seconds);
  }

  @Test
  void aRotatedKeyIsUsedOnceTheOldOneMayHaveChanged() throws Exception {
    final RotatedCredentials credentials = open();
    place.key = "second-key-0002";

    credentials.refresh();
    assertThat(sent(credentials)).isEqualTo("Bearer first-key-0001");

    pass(60);
    assertThat(sent(credentials)).as("never within a stream").isEqualTo("Bearer first-key-0001");
    credentials.refresh();
    assertThat(sent(credentials)).isEqualTo("Bearer second-key-0002");
    assertThat(credentials.source()).isEqualTo("a test");
  }

  @Test
  void anEchoOfTheOldKeyIsRedactedToo() throws Exception {
    final RotatedCredentials credentials = open();
    place.key = "second-key-0002";
    pass(60);
    credentials.refresh();

    assertThat(credentials.redact("first-key-0001 and second-key-0002"))
        .doesNotContain("first-key", "second-key");
  }

  @Test
  void aKeyThatIsStillTheSameKeepsWhatWasOpened() throws Exception {
    final RotatedCredentials credentials = open();
    pass(60);
    credentials.refresh();

    assertThat(place.readings).isEqualTo(2);
    assertThat(sent(credentials)).isEqualTo("Bearer first-key-0001");
    assertThatThrownBy(() -> sent(opened.get(1))).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aPlaceThatIsGoneLeavesTheOldKeyInForceAndIsNotHammered() throws Exception {
    final RotatedCredentials credentials = open();
    place.key = "";
    pass(60);
    credentials.refresh();
    credentials.refresh();

    assertThat(place.readings).isEqualTo(2);
    assertThat(sent(credentials)).isEqualTo("Bearer first-key-0001");

    place.key = "second-key-0002";
    pass(5);
    credentials.refresh();
    assertThat(sent(credentials)).isEqualTo("Bearer second-key-0002");
  }

  @Test
  void closingWipesEveryGeneration() throws Exception {
    final RotatedCredentials credentials = open();
    place.key = "second-key-0002";
    pass(60);
    credentials.refresh();
    credentials.close();

    for (final Credentials each : opened) {
      assertThatThrownBy(() -> sent(each)).isInstanceOf(IllegalStateException.class);
    }
  }
}
