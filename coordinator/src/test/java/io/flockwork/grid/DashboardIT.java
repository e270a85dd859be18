package io.flockwork.grid;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A person with a browser, and a real grid: what they see is true, and what they do happens. */
class DashboardIT {
    @RegisterExtension
    static final TestGrid GRID = TestGrid.ofWorkers(3);

    private static final String HOSTILE = "<img src=x onerror=alert(1)>";
    private static final double PATIENCE = TestGrid.PATIENCE.toMillis();

    private static Chromium chromium;
    private static TestGrid.RunningCommand dashboard;
    private static String base;
    private static Page page;

    @BeforeAll
    static void open() throws IOException {
        chromium = Chromium.start();
        dashboard = GRID.start("dashboard", "--no-open");
        String link = await("the link")
                .atMost(TestGrid.PATIENCE)
                .until(() -> Files.readString(dashboard.out()).strip(), text -> text.startsWith("http"));
        base = link.substring(0, link.indexOf('#'));
        page = chromium.page(ColorScheme.LIGHT, 1280, 900);
        page.navigate(link);
        assertThat(page.locator("#status")).containsText("live");
        assertEquals(base + "#/", page.url(), "the secret is not left in the address bar");
    }

    @AfterAll
    static void close() {
        Optional.ofNullable(chromium).ifPresent(Chromium::close);
        Optional.ofNullable(dashboard).ifPresent(command -> command.process().destroyForcibly());
    }

    @AfterEach
    void nothingWentWrong() {
        chromium.assertNoComplaints();
        chromium.assertAskedNobodyBut(base);
    }

    private static LocatorAssertions.IsVisibleOptions patiently() {
        return new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE);
    }

    private static void go(String hash, String title) {
        page.navigate(base + hash);
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                .containsText(title);
    }

    @Test
    void anImageIsSubmittedWatchedAndSeen() {
        go("#/submit", "Submit a job");
        page.getByLabel("Name").fill("picture " + HOSTILE);
        page.getByLabel("Job type", new Page.GetByLabelOptions().setExact(true)).selectOption("mandelbrot");
        page.getByLabel("Parameters").fill("width=640 height=400 depth=2000");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Submit the job"))
                .click();

        page.waitForURL(Pattern.compile(".*#/jobs/[a-z0-9]+"));
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                .hasText("picture " + HOSTILE);
        Locator image = page.locator("img.result");
        assertThat(image).isVisible(patiently());
        page.waitForFunction("() => document.querySelector('img.result').naturalWidth > 0");
        assertEquals(640, image.evaluate("element => element.naturalWidth"));
        assertThat(page.locator(".headline .badge")).containsText("done");
        assertThat(page.locator("unit-map")).hasAttribute("aria-label", Pattern.compile("Units: 100.0% final"));
        Chromium.keep(page, "job-light");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        Chromium.keep(page, "job-dark");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));

        page.locator("#nav").getByText("Jobs").click();
        assertThat(page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("picture " + HOSTILE)))
                .isVisible();
    }

    @Test
    void aModuleIsUploadedAndItsResultKept() throws IOException {
        go("#/submit", "Submit a job");
        page.getByLabel("A WebAssembly module of your own").check();
        page.getByLabel("Module", new Page.GetByLabelOptions().setExact(true))
                .setInputFiles(Modules.example("primes.wasm"));
        page.getByLabel("From", new Page.GetByLabelOptions().setExact(true)).fill("0");
        page.getByLabel("To (not included)").fill("1,000,000");
        page.getByText("Results and limits").click();
        page.getByLabel("Combine the units’ results").selectOption("sum");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Submit the job"))
                .click();

        page.waitForURL(Pattern.compile(".*#/jobs/[a-z0-9]+"));
        assertThat(page.locator("figure pre"))
                .hasText("78498", new LocatorAssertions.HasTextOptions().setTimeout(PATIENCE));
        Path kept = page.waitForDownload(
                        () -> page.getByText("Download the result").click())
                .path();
        assertEquals("78498", Files.readString(kept).strip());
        assertThat(page.getByText("Download the proof")).isVisible();
    }

    @Test
    void aRunningJobIsCancelled() {
        go("#/submit", "Submit a job");
        page.getByLabel("Name").fill("too long");
        page.getByLabel("Job type", new Page.GetByLabelOptions().setExact(true)).selectOption("primes");
        page.getByLabel("Parameters").fill("to=100000000000");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Submit the job"))
                .click();
        Locator cancel = page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Cancel the job"));
        assertThat(page.locator("unit-map canvas")).isVisible(patiently());
        assertThat(cancel).isVisible(patiently());
        cancel.click();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("End it"))
                .click();
        assertThat(page.locator(".headline .badge"))
                .containsText("cancelled", new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE));
    }

    @Test
    void aRefusalIsTheGridsSentence() {
        go("#/submit", "Submit a job");
        page.getByLabel("Job type", new Page.GetByLabelOptions().setExact(true)).selectOption("primes");
        page.getByLabel("Parameters").fill("to=100 colour=blue");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Submit the job"))
                .click();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("colour");
        // A browser notes each refusal; this one was wanted.
        chromium.forgive("status of 400");
    }

    @Test
    void aWorkerIsKilledAndSeenToGo() {
        go("#/workers", "Workers");
        Locator third = page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("worker-3"));
        assertThat(third).isVisible();
        Chromium.keep(page, "workers-light");
        GRID.worker("worker-3").kill();
        assertThat(third).isHidden(new LocatorAssertions.IsHiddenOptions().setTimeout(PATIENCE));
        GRID.heal();
        assertThat(third).isVisible(patiently());
        // It may have been the core that the page's news came from; a browser notes that a stream broke.
        chromium.forgive("ERR_INCOMPLETE_CHUNKED_ENCODING");
    }

    @Test
    void thePagesAreThereForPhonesForTheDarkAndForKeys() {
        for (ColorScheme scheme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            go("#/", "The grid now");
            assertThat(page.locator("flock-chart canvas").first()).isVisible(patiently());
            Chromium.keep(page, "grid-" + scheme.name().toLowerCase(Locale.ROOT));
        }
        page.setViewportSize(360, 740);
        for (String place : new String[] {"", "jobs", "workers", "verification", "credit", "submit", "join"}) {
            page.navigate(base + "#/" + place);
            assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                    .isVisible();
            Number overflow = (Number) page.evaluate("() => document.documentElement.scrollWidth - innerWidth");
            assertEquals(0, Math.max(0, overflow.intValue()), "page " + place + " is wider than a phone");
        }
        Chromium.keep(page, "phone");
        page.setViewportSize(1280, 900);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        page.navigate("about:blank");
        go("#/", "The grid now");
        page.keyboard().press("Tab");
        assertThat(page.getByText("Skip to the content")).isFocused();
    }
}
