package dev.latencylens.results.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process that appends batches to an audit log: one for each line that it is sent. */
final class AppendingProcess implements AutoCloseable {
  private static final int BATCH = 5;

  private final Process process;

  private AppendingProcess(Process process) {
    this.process = process;
  }

  /** In the process: {@code run name times}; times 0 is without end. */
  public static void main(String[] arguments) throws IOException {
    AuditFile file = AuditFile.of(Path.of(arguments[0]));
    int times = Integer.parseInt(arguments[2]);
    int number = 0;
    while (System.in.read() >= 0) {
      for (int i = 0; i < times || times == 0; i++) {
        List<AuditEntry> batch = new ArrayList<>();
        for (int j = 0; j < BATCH; j++) {
          batch.add(AuditedRun.call(number).with(AuditField.PROVIDER, arguments[1]));
          number++;
        }
        file.append(batch);
        if (times == 0 && i == 0) {
          System.out.println("began");
        }
      }
      System.out.println("appended");
    }
  }

  static AppendingProcess start(Path run, String name, int times) throws IOException {
    return new AppendingProcess(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                AppendingProcess.class.getName(),
                run.toString(),
                name,
                Integer.toString(times))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  void begin() throws IOException {
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
  }

  String awaitAnswer() throws IOException {
    StringBuilder answer = new StringBuilder();
    int next;
    while ((next = process.getInputStream().read()) >= 0 && next != '\n') {
      answer.append((char) next);
    }
    return answer.toString();
  }

  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** Lets it end by itself: nothing more is sent. */
  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    process.onExit().join();
  }
}
