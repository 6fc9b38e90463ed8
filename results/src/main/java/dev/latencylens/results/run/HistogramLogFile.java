package dev.latencylens.results.run;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.HdrHistogram.HistogramLogWriter;

/** A {@link HistogramLog} as an HdrHistogram log V2. */
final class HistogramLogFile {
  private HistogramLogFile() {}

  static void write(Path file, HistogramLog log) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    HistogramLogWriter writer = new HistogramLogWriter(bytes);
    long start = log.started().toEpochMilli();
    writer.outputComment("[Latency Lens: nanoseconds; a tag is a metric, URL-encoded]");
    writer.outputLogFormatVersion();
    writer.outputStartTime(start);
    writer.setBaseTime(start);
    writer.outputBaseTime(start);
    writer.outputLegend();
    for (Map.Entry<String, Histogram> entry : log.histograms().entrySet()) {
      Histogram histogram = entry.getValue();
      histogram.setStartTimeStamp(start);
      histogram.setEndTimeStamp(log.finished().toEpochMilli());
      // HdrHistogram does not check tags: a blank or a comma would make the line unreadable.
      histogram.setTag(URLEncoder.encode(entry.getKey(), StandardCharsets.UTF_8));
      writer.outputIntervalHistogram(histogram);
    }
    writer.close();
    PrivateFiles.replace(file, bytes.toByteArray());
  }

  static HistogramLog read(Path file) throws IOException {
    byte[] content = Files.readAllBytes(file);
    TreeMap<String, Histogram> byMetric = new TreeMap<>();
    long unread = dataLines(content);
    long start = Long.MAX_VALUE;
    long end = Long.MIN_VALUE;
    try (HistogramLogReader reader = new HistogramLogReader(new ByteArrayInputStream(content))) {
      while (reader.hasNext()) {
        EncodableHistogram next = reader.nextIntervalHistogram();
        if (next == null) {
          break;
        }
        if (!(next instanceof Histogram histogram) || histogram.getTag() == null) {
          throw new IllegalArgumentException("a line has no tag, or no whole numbers");
        }
        unread--;
        start = Math.min(start, histogram.getStartTimeStamp());
        end = Math.max(end, histogram.getEndTimeStamp());
        String metric = URLDecoder.decode(histogram.getTag(), StandardCharsets.UTF_8);
        byMetric.merge(metric, histogram, HistogramLogFile::sum);
      }
    } catch (RuntimeException e) {
      throw new RunFormatException(
          file.getFileName() + " is damaged (it is not an HdrHistogram log)", e);
    }
    if (unread != 0) {
      // HdrHistogram's reader passes a line that it can't split by as if it were the end.
      throw new RunFormatException(file.getFileName() + " is damaged (not all lines can be read)");
    }
    return byMetric.isEmpty()
        ? new HistogramLog(Instant.EPOCH, Instant.EPOCH, byMetric)
        : new HistogramLog(Instant.ofEpochMilli(start), Instant.ofEpochMilli(end), byMetric);
  }

  /** Lines that are neither comments nor the legend. */
  private static long dataLines(byte[] content) {
    return new String(content, StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#") && !line.startsWith("\"Start"))
        .count();
  }

  private static Histogram sum(Histogram first, Histogram second) {
    first.add(second);
    return first;
  }
}
