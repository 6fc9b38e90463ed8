package dev.latencylens.results.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubjectsTest {
  private final Path directory;
  private final Subjects subjects;

  SubjectsTest(@TempDir Path directory) {
    this.directory = directory;
    this.subjects = Subjects.of(directory);
  }

  @Test
  void aPseudonymIsTheHashOfItsSaltAndId() throws Exception {
    String pseudonym = subjects.pseudonym("jane");

    JsonNode entry = RunJson.tree(directory.resolve("subjects.json")).path("subjects").path(0);
    ByteArrayOutputStream salted = new ByteArrayOutputStream();
    salted.writeBytes(HexFormat.of().parseHex(entry.path("salt").asText()));
    salted.writeBytes("jane".getBytes(StandardCharsets.UTF_8));
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(salted.toByteArray());
    assertThat(pseudonym).isEqualTo("h:" + HexFormat.of().formatHex(hash));
    assertThat(entry.path("salt").asText()).hasSize(64);
    assertThat(subjects.pseudonym("jane")).isEqualTo(pseudonym);
    assertThat(subjects.id(pseudonym)).contains("jane");
  }

  @Test
  void aForgottenUserGetsAnotherPseudonymAndTheOldOneNamesNobody() throws IOException {
    String old = subjects.pseudonym("jane");
    String other = subjects.pseudonym("john");

    subjects.forget("jane");

    assertThat(subjects.id(old)).isEmpty();
    assertThat(subjects.id(other)).contains("john");
    assertThat(directory.resolve("subjects.json")).content().doesNotContain("jane");
    assertThat(subjects.pseudonym("jane")).isNotEqualTo(old);
  }

  @Test
  void eachRunHasItsOwnPseudonyms() throws IOException {
    Path other = Files.createDirectory(directory.resolve("other"));

    assertThat(Subjects.of(other).pseudonym("jane")).isNotEqualTo(subjects.pseudonym("jane"));
  }

  @Test
  void onlyTheOwnerMayRead() throws IOException {
    assumeTrue(directory.getFileSystem().supportedFileAttributeViews().contains("posix"));
    subjects.pseudonym("jane");

    assertThat(Files.getPosixFilePermissions(directory.resolve("subjects.json")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void manyThreadsGetOnePseudonymForEachUser() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<String>> calls = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        String id = "user-" + i % 5;
        calls.add(() -> subjects.pseudonym(id));
      }
      List<String> seen = new ArrayList<>();
      for (Future<String> each : threads.invokeAll(calls)) {
        seen.add(each.get());
      }
      assertThat(seen.stream().distinct()).hasSize(5);
    } finally {
      threads.shutdown();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a/b", "ä", "a\n", "<b>", "\"", "a,b"})
  void whatIsNoUserIdIsRefusedInACellToo(String id) {
    assertThat(Subjects.isId(id)).isFalse();
    assertThatThrownBy(() -> subjects.pseudonym(id)).isInstanceOf(IllegalArgumentException.class);
    Cell cell = new Cell("c001", "", "", "", "", "", "", "", "", "");
    assertThatThrownBy(() -> cell.withSubject(Optional.of(id)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aUserIdHasAtMost128Characters() {
    assertThat(Subjects.isId("a".repeat(128))).isTrue();
    assertThat(Subjects.isId("a".repeat(129))).isFalse();
  }
}
