package io.flockwork.worker.gateway;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard of a large grid: it tells of all, and draws few. */
class CrowdedGridTest {
    private static final double PATIENCE = 60_000;

    @TempDir
    Path folder;

    @Test
    void tenThousandWorkersAreCountedAndFewAreDrawn() throws Exception {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/chromium")) || System.getenv("CI") != null,
                "no chromium here: apt-get install chromium");
        List<String> complaints = new ArrayList<>();
        try (CrowdedGrid grid = new CrowdedGrid(folder);
                Playwright playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                Browser browser = CrowdedGrid.chromium(playwright)) {
            Page page = browser.newContext(new Browser.NewContextOptions().setIgnoreHTTPSErrors(true))
                    .newPage();
            page.onDialog(dialog -> {
                complaints.add(dialog.message());
                dialog.dismiss();
            });
            page.onConsoleMessage(message -> {
                if (message.type().equals("error")) {
                    complaints.add(message.text());
                }
            });
            page.navigate("https://" + grid.core.address + "/");
            LocatorAssertions.ContainsTextOptions patiently =
                    new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE);
            assertThat(page.locator("main")).containsText("10,001", patiently);
            page.navigate("https://" + grid.core.address + "/#/workers");
            assertThat(page.locator("main")).containsText("volunteer-1", patiently);
            int rows = page.locator("tbody tr").count();
            assertTrue(rows > 10 && rows <= 1_000, rows + " rows");
            page.getByRole(AriaRole.SEARCHBOX).fill("onerror");
            assertThat(page.locator("tbody tr"))
                    .hasCount(1, new LocatorAssertions.HasCountOptions().setTimeout(PATIENCE));
            assertThat(page.locator("tbody")).containsText(CrowdedGrid.HOSTILE);
            assertEquals(0, page.locator("tbody img").count(), "a name is text");
            page.getByRole(AriaRole.SEARCHBOX).fill("volunteer-9999");
            assertThat(page.locator("tbody tr"))
                    .hasCount(1, new LocatorAssertions.HasCountOptions().setTimeout(PATIENCE));
        }
        assertEquals(List.of(), complaints);
    }
}
