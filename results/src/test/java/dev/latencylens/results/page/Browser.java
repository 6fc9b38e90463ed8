package dev.latencylens.results.page;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A real Chromium without a window, as the system has it: nothing is downloaded. */
final class Browser implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Held, or its level would go with it. It warns of each browser that is newer than itself. */
  private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Starts it, if the system has both Chromium and its driver. */
  static Optional<Browser> start() {
    Optional<File> chromium = onPath(List.of("chromium", "chromium-browser", "google-chrome"));
    Optional<File> chromedriver = onPath(List.of("chromedriver"));
    if (chromium.isEmpty() || chromedriver.isEmpty()) {
      return Optional.empty();
    }
    SELENIUM.setLevel(Level.SEVERE);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium.get());
    options.addArguments(
        "--headless=new", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars");
    options.addArguments("--disable-background-networking", "--disable-component-update");
    if (System.getProperty("user.name").equals("root")) {
      // Chromium refuses to run as root with its sandbox, and containers of builds have no other.
      options.addArguments("--no-sandbox");
    }
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    // With a driver that is named, Selenium looks for none.
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(chromedriver.get())
            .withEnvironment(Map.of("TMPDIR", System.getProperty("java.io.tmpdir")))
            .build();
    return Optional.of(new Browser(new ChromeDriver(service, options)));
  }

  private static Optional<File> onPath(List<String> names) {
    List<String> directories = Arrays.asList(System.getenv("PATH").split(File.pathSeparator));
    return names.stream()
        .flatMap(name -> directories.stream().map(directory -> new File(directory, name)))
        .filter(File::canExecute)
        .findFirst();
  }

  /** Opens a page from disk, in a window of a size and in light or dark. */
  void open(Path page, int width, String scheme) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    driver.get(page.toUri().toString());
  }

  /** What the page and the browser complained of since the last call. */
  List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(entry -> entry.getLevel() + " " + entry.getMessage())
        .toList();
  }

  Object run(String program, Object... arguments) {
    Object result = driver.executeScript(program, arguments);
    return result == null ? "" : result;
  }

  long number(String program, Object... arguments) {
    return ((Number) run(program, arguments)).longValue();
  }

  String text(String program, Object... arguments) {
    return run(program, arguments).toString();
  }

  WebElement element(String selector) {
    return driver.findElement(By.cssSelector(selector));
  }

  List<WebElement> elements(String selector) {
    return driver.findElements(By.cssSelector(selector));
  }

  /** Waits until the page has such an element; fails where it does not get one. */
  void await(String selector) {
    new WebDriverWait(driver, PATIENCE)
        .until(ExpectedConditions.presenceOfElementLocated(By.cssSelector(selector)));
  }

  /**
   * Moves the mouse to a place within an element.
   *
   * @param place a program that gives the place, in pixels from the element's left upper corner
   */
  void hover(WebElement element, String place) {
    run("arguments[0].scrollIntoView({ block: 'center' })", element);
    List<?> pixels = (List<?>) run(place, element);
    int left = ((Number) pixels.get(0)).intValue() - element.getSize().width / 2;
    int top = ((Number) pixels.get(1)).intValue() - element.getSize().height / 2;
    // Two moves: a mouse that is put down somewhere has not come from anywhere.
    new Actions(driver).moveToElement(element, left - 3, top - 3).perform();
    new Actions(driver).moveToElement(element, left, top).perform();
  }

  /** Prints the page to a file. */
  void print(Path pdf) throws IOException {
    Object data = driver.executeCdpCommand("Page.printToPDF", Map.of()).get("data");
    Files.write(pdf, Base64.getDecoder().decode(String.valueOf(data)));
  }

  /** A picture of the window, for people. */
  void picture(Path png) throws IOException {
    Files.write(png, driver.getScreenshotAs(OutputType.BYTES));
  }

  @Override
  public void close() {
    driver.quit();
  }
}
