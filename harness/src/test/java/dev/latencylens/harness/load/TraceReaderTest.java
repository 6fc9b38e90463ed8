package dev.latencylens.harness.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.latencylens.harness.config.Arrivals;
import dev.latencylens.harness.config.Extent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceReaderTest {
  private final Path folder =
      Jimfs.newFileSystem(Configuration.unix().toBuilder().setWorkingDirectory("/").build())
          .getPath("/");

  private Path file(final String name, final String text) {
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String rows(final RecordedTrace trace) {
    final StringBuilder rows = new StringBuilder();
    for (int i = 0; i < trace.size(); i++) {
      rows.append(trace.offsetNanos(i) / 1_000_000)
          .append(' ')
          .append(trace.inputTokens(i))
          .append(' ')
          .append(trace.outputTokens(i))
          .append('\n');
    }
    return rows.toString();
  }

  private String wrong(final String name, final String text) {
    try {
      TraceReader.read(file(name, text));
    } catch (final TraceException e) {
      return e.getMessage();
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new AssertionError("nothing wrong");
  }

  @Test
  void burstGptsSecondsCountFromTheFirstRowAndFailedRequestsAreCounted() throws Exception {
    final RecordedTrace trace =
        TraceReader.read(
            file(
                "burst.csv",
                """
                Timestamp,Model,Request tokens,Response tokens,Total tokens,Log Type
                5,ChatGPT,472,18,490,Conversation log
                45,ChatGPT,1087,230,1317,Conversation log
                45.5,GPT-4,0,0,0,API log
                118,GPT-4,417,276,693,API log
                """));

    assertThat(rows(trace)).isEqualTo("0 472 18\n40000 1087 230\n113000 417 276\n");
    assertThat(trace.skipped()).isEqualTo(1);
  }

  @Test
  void mooncakesMillisecondsCountFromTheFirstRow() throws Exception {
    final RecordedTrace trace =
        TraceReader.read(
            file(
                "mooncake.jsonl",
                "{\"timestamp\": 27000, \"input_length\": 6755, \"output_length\": 500,"
                    + " \"hash_ids\": [0, 1, 2]}\n"
                    + "{\"timestamp\": 27000, \"input_length\": 7319, \"output_length\": 490,"
                    + " \"hash_ids\": [0, 14]}\n\n"
                    + "{\"timestamp\": 30052, \"input_length\": 7234, \"output_length\": 794,"
                    + " \"hash_ids\": []}"));

    assertThat(rows(trace)).isEqualTo("0 6755 500\n0 7319 490\n3052 7234 794\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "offset_s,input_tokens,output_tokens\n0.25,3,4\n1e0,5,6\n",
        "\uFEFFoffset_ms , output_tokens,note,input_tokens\r\n250,4,\"a, \"\"b\"\"\n c\",3\r\n"
            + "\r\n1000,6,,5"
      })
  void ourOwnOffsetsCountFromTheWindowsStart(final String text) throws Exception {
    assertThat(rows(TraceReader.read(file("own.csv", text)))).isEqualTo("250 3 4\n1000 5 6\n");
  }

  @Test
  void scheduleWrittenAsATraceReadsBackAsTheSameSchedule() throws Exception {
    final ArrivalSchedule schedule =
        ArrivalSchedule.of(new Arrivals.Gamma(20, 0.3), Extent.starts(2_000), 9);
    final StringBuilder csv = new StringBuilder("offset_s,input_tokens,output_tokens\n");
    final StringBuilder json = new StringBuilder();
    for (int i = 0; i < schedule.size(); i++) {
      final String seconds = BigDecimal.valueOf(schedule.offsetNanos(i), 9).toPlainString();
      csv.append(seconds).append(',').append(i + 1).append(",7\n");
      json.append("{\"offset_s\":").append(seconds).append(",\"input_tokens\":").append(i + 1);
      json.append(",\"output_tokens\":7}\n");
    }
    for (final Path file :
        new Path[] {file("t.csv", csv.toString()), file("t.jsonl", json.toString())}) {
      final RecordedTrace trace = TraceReader.read(file);
      final ArrivalSchedule again = ArrivalSchedule.of(trace, Extent.WHOLE);
      assertThat(again.size()).isEqualTo(2_000);
      for (int i = 0; i < again.size(); i++) {
        assertThat(again.offsetNanos(i)).isEqualTo(schedule.offsetNanos(i));
        assertThat(trace.inputTokens(i)).isEqualTo(i + 1);
      }
      assertThat(ArrivalSchedule.of(trace, Extent.starts(10)).size()).isEqualTo(10);
    }
  }

  @Test
  void wholeTraceEndsOneMeanGapAfterItsLastArrival() throws Exception {
    final RecordedTrace trace =
        TraceReader.read(
            file("t.csv", "offset_s,input_tokens,output_tokens\n1,1,1\n2,1,1\n5,1,1\n"));

    assertThat(ArrivalSchedule.of(trace, Extent.WHOLE).windowNanos()).isEqualTo(7_000_000_000L);
  }

  @Test
  void allThatIsWrongIsToldWithItsLine() {
    assertThat(
            wrong(
                "bad.csv",
                """
                offset_s,input_tokens,output_tokens
                NaN,1,1
                -1,1,1
                3,0,x
                2,1,1
                "4
                ",1,1
                5,1
                1e999999999,1,1
                1e-999999999,1,1
                99999999999,1,1
                """))
        .isEqualTo(
            """
            /bad.csv:2: offset_s must be a number
            /bad.csv:3: offset_s must be from 0 to 31622400 (366 days)
            /bad.csv:4: input_tokens must be a whole number from 1 to 10000000
            /bad.csv:4: output_tokens must be a whole number from 1 to 10000000
            /bad.csv:5: offset_s is before that of line 4: sort the rows
            /bad.csv:8: has 2 fields, and needs 3
            /bad.csv:9: offset_s must be from 0 to 31622400 (366 days)
            /bad.csv:10: offset_s must be from 0 to 31622400 (366 days)
            /bad.csv:11: offset_s must be from 0 to 31622400 (366 days)""");
  }

  @Test
  void jsonLinesThatAreNoneAreToldWithTheirLine() {
    assertThat(
            wrong(
                "bad.jsonl",
                """
                {"offset_ms":1,"input_tokens":1,"output_tokens":1}
                [1]
                {"offset_ms":1,"input_tokens":"1","output_tokens":1}
                {"offset_ms":2,"input_tokens":1.5,"output_tokens":1}
                {"offset_ms":NaN}
                {"a":1,"a":2}
                {"offset_ms":1} {}
                """))
        .startsWith(
            """
            /bad.jsonl:2: must be a JSON object
            /bad.jsonl:3: needs a number input_tokens, as the first line has
            /bad.jsonl:4: input_tokens must be a whole number from 1 to 10000000
            /bad.jsonl:5: is no JSON:""")
        .contains("/bad.jsonl:6: is no JSON: Duplicate field 'a'")
        .endsWith("/bad.jsonl:7: has something after its JSON object");
  }

  @Test
  void readingEndsAfter20Problems() {
    final String message =
        wrong("bad.csv", "offset_s,input_tokens,output_tokens\n" + "x,1,1\n".repeat(1_000));

    assertThat(message.lines()).hasSize(21);
    assertThat(message).endsWith("/bad.csv: there may be more: reading ended after 20 problems");
  }

  @Test
  void columnsThatAreMissingOrDoubleAreTold() {
    assertThat(wrong("a.csv", "Offset_s,input_tokens\n1,1\n"))
        .isEqualTo(
            "/a.csv:1: needs a column of arrivals: offset_s, offset_ms, Timestamp or timestamp\n"
                + "/a.csv:1: needs a column of output lengths: output_tokens, Response tokens or"
                + " output_length");
    assertThat(wrong("b.csv", "offset_s,timestamp,input_tokens,output_tokens\n1,1,1,1\n"))
        .isEqualTo("/b.csv:1: has more than one column of arrivals: offset_s, timestamp");
  }

  @Test
  void emptyOrForeignFilesAreTold() throws Exception {
    assertThat(wrong("a.csv", "")).isEqualTo("/a.csv: holds no arrival");
    assertThat(wrong("a.jsonl", "\n\n")).isEqualTo("/a.jsonl: holds no arrival");
    assertThat(wrong("a.parquet", "x")).startsWith("/a.parquet: a trace is named *.csv");
    assertThat(wrong("q.csv", "offset_s,input_tokens,output_tokens\n1,1,\"1\n2,1,1\n"))
        .startsWith("/q.csv:2: is no CSV");
    final Path latin = folder.resolve("latin.csv");
    Files.write(latin, new byte[] {'o', (byte) 0xE9, '\n'});
    assertThatThrownBy(() -> TraceReader.read(latin)).hasMessage("/latin.csv: is not UTF-8");
  }

  @Test
  void rowsAndFilesThatDoNotEndAreCutOff() {
    final Path row =
        file("row.csv", "offset_s,input_tokens,output_tokens\n1,1,\"" + "1".repeat(200_000));
    assertThatThrownBy(() -> TraceReader.read(row, 1 << 20, 1_000))
        .isInstanceOf(TraceException.class)
        .hasMessage("/row.csv:2: a row has more than 1000 characters: is a quote missing?");
    final Path line = file("row.jsonl", "{\"offset_s\":" + "1".repeat(200_000));
    assertThatThrownBy(() -> TraceReader.read(line, 1 << 20, 1_000))
        .isInstanceOf(TraceException.class)
        .hasMessageContaining("a row has more than 1000 characters");
    final Path all =
        file("all.csv", "offset_s,input_tokens,output_tokens\n" + "1,1,1\n".repeat(50_000));
    assertThatThrownBy(() -> TraceReader.read(all, 100_000, 1_000))
        .isInstanceOf(TraceException.class)
        .hasMessageContaining("the file has more than 100000 characters");
  }
}
