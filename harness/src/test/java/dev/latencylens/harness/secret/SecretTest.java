package dev.latencylens.harness.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTest {
  private static final String VALUE = "sk-MARKED-0123456789";

  @Test
  void valueIsLentInsideACallWithoutTheWhiteSpaceAroundIt() {
    final List<String> seen = new ArrayList<>();
    Secret.of("  " + VALUE + "\r\n").use(seen::add);

    assertThat(seen).containsExactly(VALUE);
  }

  @Test
  void textFormsHoldNothingOfTheValue() {
    final Secret secret = Secret.of(VALUE);

    assertThat(secret).hasToString("Secret[hidden]");
    assertThat(String.format("%s %s", secret, List.of(secret))).doesNotContain("MARKED");
    assertThat(Map.of("key", secret).toString()).doesNotContain("MARKED");
  }

  @Test
  void equalValuesAreNotEqualSecretsAndHashesDifferLikeThoseOfAnyObject() {
    final Secret one = Secret.of(VALUE);
    final Secret other = Secret.of(VALUE);

    assertThat(one).isNotEqualTo(other).isNotEqualTo(VALUE);
    assertThat(one.hashCode()).isEqualTo(System.identityHashCode(one));
  }

  @Test
  void jacksonFindsNothingToWriteEvenIfItIsToldToReadFields() throws Exception {
    final Secret secret = Secret.of(VALUE);

    for (final boolean marker : new boolean[] {true, false}) {
      final ObjectMapper greedy =
          JsonMapper.builder()
              .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
              .configure(MapperFeature.PROPAGATE_TRANSIENT_MARKER, marker)
              .visibility(PropertyAccessor.ALL, JsonAutoDetect.Visibility.ANY)
              .build();
      assertThat(greedy.readTree(greedy.writeValueAsString(secret)).has("value")).isFalse();
      assertThat(greedy.writeValueAsString(Map.of("key", secret))).doesNotContain("MARKED");
    }
    assertThatThrownBy(() -> new ObjectMapper().writeValueAsString(secret))
        .hasMessageNotContaining("MARKED");
  }

  @Test
  void javaSerializationIsRefused() throws Exception {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      assertThatThrownBy(() -> out.writeObject(Secret.of(VALUE)))
          .isInstanceOf(NotSerializableException.class);
    }

    assertThat(bytes.toString(StandardCharsets.ISO_8859_1)).doesNotContain("MARKED");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"MARKED key", "MARKED\nkey", "MARKED\u00e9", "MARKED\u0000", "MARKED\u007f"})
  void valuesThatNoHeaderCanCarryAreRefusedWithoutBeingRepeated(final String value) {
    assertThatThrownBy(() -> Secret.of(value))
        .isInstanceOf(IllegalArgumentException.class)
        .satisfies(thrown -> assertThat(trace(thrown)).doesNotContain("MARKED"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t\r\n"})
  void blankValuesAreRefused(final String value) {
    assertThatThrownBy(() -> Secret.of(value)).hasMessage("the key is empty");
  }

  @Test
  void aTextFromOutsideLosesTheKeyEvenWhereItWasCutOff() {
    final Secret secret = Secret.of(VALUE);

    assertThat(secret.redact("id-" + VALUE + "-x")).isEqualTo("id-[redacted]-x");
    assertThat(secret.redact("id-" + VALUE.substring(0, VALUE.length() - 1)))
        .isEqualTo("id-[redacted]");
    assertThat(secret.redact("req_0123")).isEqualTo("req_0123");
  }

  @Test
  void closedSecretLendsNothing() {
    final Secret secret = Secret.of(VALUE);
    secret.close();
    secret.close();
    final List<String> seen = new ArrayList<>();

    assertThatThrownBy(() -> secret.use(seen::add))
        .isInstanceOf(IllegalStateException.class)
        .satisfies(thrown -> assertThat(trace(thrown)).doesNotContain("MARKED"));
    assertThat(seen).isEmpty();
  }

  @Test
  void closeOverwritesTheValueInMemory() throws Exception {
    final Secret secret = Secret.of(VALUE);
    final var field = Secret.class.getDeclaredField("value");
    field.setAccessible(true);
    secret.close();

    assertThat((char[]) field.get(secret)).hasSize(VALUE.length()).containsOnly('\0');
  }

  @Test
  void closeOverwritesWhatTheKeyIsLookedForAs() throws Exception {
    final Secret secret = Secret.of(VALUE);
    final var formsOfSecret = Secret.class.getDeclaredField("forms");
    formsOfSecret.setAccessible(true);
    final var arrays = SecretForms.class.getDeclaredField("forms");
    arrays.setAccessible(true);
    final List<Object> forms = new ArrayList<>((List<?>) arrays.get(formsOfSecret.get(secret)));
    secret.close();

    assertThat(forms).isNotEmpty();
    assertThat(forms).allSatisfy(form -> assertThat((char[]) form).containsOnly('\0'));
  }

  private static String trace(final Throwable thrown) {
    final StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
