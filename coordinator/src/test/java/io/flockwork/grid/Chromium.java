package io.flockwork.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Debian's Chromium without a screen. Remembers what a page complained of, and whom it asked. */
final class Chromium implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/bin/chromium");
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    private final Playwright playwright;
    private final Browser browser;
    private final List<String> complaints = Collections.synchronizedList(new ArrayList<>());
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

    private Chromium(Playwright playwright) {
        this.playwright = playwright;
        // The sandbox of a browser needs rights that a container may lack; it shows our own pages only.
        this.browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(PROGRAM)
                        .setArgs(
                                List.of("--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking")));
    }

    /** Where it is missing, the test is skipped, but not in continuous integration. */
    static Chromium start() {
        assumeTrue(
                Files.isExecutable(PROGRAM) || System.getenv("CI") != null,
                "no chromium here: apt-get install chromium");
        return new Chromium(Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"))));
    }

    Page page(ColorScheme scheme, int width, int height) {
        BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                .setColorScheme(scheme)
                .setViewportSize(width, height)
                .setIgnoreHTTPSErrors(true));
        Page page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                complaints.add(message.type() + ": " + message.text());
            }
        });
        page.onPageError(error -> complaints.add("uncaught: " + error));
        page.onDialog(dialog -> {
            complaints.add("dialog: " + dialog.message());
            dialog.dismiss();
        });
        page.onRequest(request -> asked.add(request.url()));
        return page;
    }

    /** Keeps what the page looks like, as output of the test. */
    static void keep(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SCREENSHOTS.resolve(name + ".png"))
                .setFullPage(true));
    }

    /** A complaint that was to be expected. */
    void forgive(String part) {
        complaints.removeIf(complaint -> complaint.contains(part));
    }

    void assertNoComplaints() {
        List<String> heard = List.copyOf(complaints);
        complaints.clear();
        assertEquals(List.of(), heard);
    }

    void assertAskedNobodyBut(String base) {
        List<String> others = asked.stream()
                .filter(url -> !url.startsWith(base) && !url.startsWith("blob:" + base) && !url.startsWith("data:"))
                .toList();
        assertEquals(List.of(), others);
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
