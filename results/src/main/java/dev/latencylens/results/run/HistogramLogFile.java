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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.HdrHistogram.HistogramLogWriter;

/** A {@link HistogramLog} as an HdrHistogram log V2. */
final class HistogramLogFile {
  /** Several times as many as there are; each takes half a megabyte, whatever the file's size. */
  private static final int MOST_METRICS = 100;

  private static final String LEGEND = "\"StartTimestamp\"";

  /** A line as {@link #write} makes it; the tag is what {@link URLEncoder} leaves of a name. */
  private static final Pattern LINE =
      Pattern.compile("Tag=[A-Za-z0-9.*_+%-]+,[0-9.]+,[0-9.]+,[0-9.]+,([A-Za-z0-9+/=]+)");

  private HistogramLogFile() {}

  static void write(Path file, HistogramLog log) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    HistogramLogWriter writer = new HistogramLogWriter(bytes);
    long start = log.started().toEpochMilli();
    writer.outputComment(
        "[Latency Lens: nanoseconds, unless a tag names tokens, events or pico_usd; a tag is a metric, URL-encoded]");
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
    List<String> lines = dataLines(file, content);
    long unread = lines.size();
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
        if (byMetric.size() > MOST_METRICS) {
          throw new IllegalArgumentException("more than " + MOST_METRICS + " metrics");
        }
      }
    } catch (RuntimeException e) {
      throw damaged(file, e);
    }
    if (unread != 0) {
      // HdrHistogram's reader passes a line that it can't split by as if it were the end.
      throw new RunFormatException(file.getFileName() + " is damaged (not all lines can be read)");
    }
    return byMetric.isEmpty()
        ? new HistogramLog(Instant.EPOCH, Instant.EPOCH, byMetric)
        : new HistogramLog(Instant.ofEpochMilli(start), Instant.ofEpochMilli(end), byMetric);
  }

  /**
   * Lines that are neither comments nor the legend, once HdrHistogram's reader, which trusts what
   * it reads, can't be brought to take more memory than the lines deserve.
   */
  private static List<String> dataLines(Path file, byte[] content) throws RunFormatException {
    String text = new String(content, StandardCharsets.UTF_8);
    // Other line ends would be lines to HdrHistogram's reader, and none to this one.
    if (!text.chars().allMatch(c -> (c >= ' ' && c <= '~') || c == '\n' || c == '\r')) {
      throw damaged(file, new IllegalArgumentException("not a text in ASCII"));
    }
    List<String> lines =
        text.lines()
            .filter(line -> !line.isBlank() && !line.startsWith("#") && !line.startsWith(LEGEND))
            .toList();
    for (String line : lines) {
      Matcher matcher = LINE.matcher(line);
      if (!matcher.matches()) {
        throw damaged(file, new IllegalArgumentException("a line of another form"));
      }
      try {
        EncodedHistogram.requireSmall(matcher.group(1));
      } catch (RunFormatException e) {
        throw damaged(file, e);
      }
    }
    return lines;
  }

  private static RunFormatException damaged(Path file, Exception cause) {
    return new RunFormatException(
        file.getFileName() + " is damaged (it is not an HdrHistogram log)", cause);
  }

  private static Histogram sum(Histogram first, Histogram second) {
    first.add(second);
    return first;
  }
}
