package io.statehub.sidecar.testing.browser;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.awaitility.Awaitility.await;

import io.statehub.sidecar.testing.Program;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.logging.Level;
import java.util.stream.IntStream;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Debian's Chromium without a window, driven by its own driver. It speaks to the machine itself and to nobody else. */
public final class Browser implements AutoCloseable {

    private static final Duration DEADLINE = Duration.ofSeconds(90);

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Light or dark, as the reader's system has it. */
    public enum Scheme {
        LIGHT,
        DARK;

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Demands the programs that a browser takes. */
    public static void require() {
        Program.require("chromium", "chromedriver");
    }

    public static Browser start(boolean withScript) {
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(Program.path("chromium").toFile());
        options.addArguments(
                "--headless=new",
                // The tests may run as root, which the sandbox doesn't like; only the page under test is opened.
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync");
        options.setCapability("goog:loggingPrefs", logs);
        if (!withScript) {
            options.setExperimentalOption("prefs", Map.of("profile.managed_default_content_settings.javascript", 2));
        }
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(Program.path("chromedriver").toFile())
                .usingAnyFreePort()
                .withLogOutput(OutputStream.nullOutputStream())
                .build();
        ChromeDriver driver = new ChromeDriver(service, options);
        driver.manage().timeouts().pageLoadTimeout(DEADLINE).scriptTimeout(DEADLINE);
        return new Browser(driver);
    }

    public void open(String url) {
        driver.get(url);
    }

    public String title() {
        return requireNonNull(driver.getTitle());
    }

    /** What a reader sees of an element. A page that refreshes in the middle of the question is asked again. */
    public String text(String id) {
        return await().pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .atMost(DEADLINE)
                .ignoreExceptionsInstanceOf(WebDriverException.class)
                .until(() -> driver.findElement(By.id(id)).getText(), text -> true);
    }

    /** What has the focus after each of so many presses of the tabulator: a link's target, or an id. */
    public List<String> focusedInOrder(int presses) {
        return IntStream.range(0, presses)
                .mapToObj(press -> {
                    new Actions(driver).sendKeys(Keys.TAB).perform();
                    return String.valueOf(driver.executeScript(
                            "const e = document.activeElement; return e.getAttribute('href') || e.id"));
                })
                .toList();
    }

    /** What the page or the browser complained about. */
    public List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    public void show(Scheme scheme, int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme.label()))));
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        // One that takes its room from the page would be cut from the picture, and the page's edge with it.
        driver.executeCdpCommand("Emulation.setScrollbarsHidden", Map.of("hidden", true));
    }

    /** Whether something is wider than the window, so that the page scrolls sideways. */
    public boolean scrollsSideways() {
        return Boolean.TRUE.equals(
                driver.executeScript("return document.documentElement.scrollWidth > window.innerWidth"));
    }

    /** Whether a part of the page is wider than its place, so that it scrolls sideways by itself. */
    public boolean scrollsSideways(String id) {
        return Boolean.TRUE.equals(driver.executeScript(
                "const e = document.getElementById('" + id + "'); return e !== null && e.scrollWidth > e.clientWidth"));
    }

    /** How high the whole page is, in pixels. */
    public long height() {
        return number("return document.documentElement.scrollHeight");
    }

    /** Where an element ends, in pixels from the top of the page. */
    public long bottom(String id) {
        return number("return Math.ceil(document.getElementById('" + id + "').getBoundingClientRect().bottom)");
    }

    private long number(String script) {
        return ((Number) requireNonNull(driver.executeScript(script))).longValue();
    }

    /** Writes the whole page as a PNG file. */
    public void photograph(Path file) {
        Map<String, Object> shot = driver.executeCdpCommand(
                "Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true));
        try {
            Files.createDirectories(requireNonNull(file.getParent()));
            Files.write(file, Base64.getDecoder().decode(String.valueOf(shot.get("data"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What axe-core finds against the rules of accessibility, each with the elements. */
    public List<String> inaccessible() {
        driver.executeScript(axe());
        Object found = driver.executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                axe.run(document, {resultTypes: ['violations']}).then(
                  result => done(result.violations.map(
                    fault => fault.id + ': ' + fault.help + ' ' + fault.nodes.map(node => node.html).join(' | '))),
                  error => done(['axe failed: ' + error]));
                """);
        return ((List<?>) requireNonNull(found)).stream().map(String::valueOf).toList();
    }

    /** What is wrong with the texts of a picture: two that touch, one that leaves it, or one too faint to be read. */
    public List<String> unreadableTexts() {
        Object found = driver.executeScript("""
                const faults = [];
                const frame = document.documentElement.getBoundingClientRect();
                const luminance = colour => {
                  const [r, g, b] = colour.match(/[0-9.]+/g).map(Number)
                    .map(c => c / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
                  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
                };
                const paper = luminance(getComputedStyle(document.querySelector('rect')).fill);
                const texts = [...document.querySelectorAll('text')];
                const boxes = texts.map(text => text.getBoundingClientRect());
                texts.forEach((text, i) => {
                  const box = boxes[i];
                  if (box.left < frame.left || box.right > frame.right || box.top < frame.top
                      || box.bottom > frame.bottom) {
                    faults.push(text.textContent + ' leaves the picture');
                  }
                  const ink = luminance(getComputedStyle(text).fill);
                  const contrast = (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
                  if (contrast < 4.5) {
                    faults.push(text.textContent + ' has a contrast of ' + contrast);
                  }
                  for (let j = 0; j < i; j++) {
                    const other = boxes[j];
                    if (box.left < other.right && other.left < box.right && box.top < other.bottom
                        && other.top < box.bottom) {
                      faults.push(text.textContent + ' touches ' + texts[j].textContent);
                    }
                  }
                });
                return faults;
                """);
        return ((List<?>) requireNonNull(found)).stream().map(String::valueOf).toList();
    }

    private static String axe() {
        try (InputStream in = Browser.class.getResourceAsStream("/axe.min.js")) {
            return new String(requireNonNull(in).readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}
