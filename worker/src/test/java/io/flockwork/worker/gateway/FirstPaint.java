package io.flockwork.worker.gateway;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.WaitForSelectorState;
import io.flockwork.sdk.identity.Membership;
import io.flockwork.sdk.model.WorkerInfo;
import io.flockwork.worker.TestMembers;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * How soon the dashboard of a {@link CrowdedGrid} is seen. Prints a line a round, by a browser that has nothing of the grid yet.
 *
 * <p>Arguments: {@code ROUNDS} for the core's own pages by one browser, or {@code ROUNDS LAUNCHER} for those of {@code flockwork
 * dashboard}, both it and the browser started anew for each round.
 */
final class FirstPaint {
    private final Playwright playwright;
    private final CrowdedGrid grid;

    private FirstPaint(Playwright playwright, CrowdedGrid grid) {
        this.playwright = playwright;
        this.grid = grid;
    }

    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createTempDirectory("crowded");
        int rounds = Integer.parseInt(arguments[0]);
        try (CrowdedGrid grid = new CrowdedGrid(folder);
                Playwright playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")))) {
            FirstPaint eye = new FirstPaint(playwright, grid);
            if (arguments.length == 1) {
                eye.atTheCore(rounds);
            } else {
                eye.atTheDashboard(rounds, Path.of(arguments[1]), folder);
            }
        }
    }

    private void atTheCore(int rounds) {
        try (Browser browser = CrowdedGrid.chromium(playwright)) {
            warm(browser);
            for (int round = 1; round <= rounds; round++) {
                look(browser, "https://" + grid.core.address + "/", round);
            }
        }
    }

    private void atTheDashboard(int rounds, Path launcher, Path folder) throws IOException {
        Path home = login(folder.resolve("home"));
        for (int round = 1; round <= rounds; round++) {
            ProcessBuilder command = new ProcessBuilder(
                            launcher.toString(), "dashboard", "--no-open", "--grid", grid.core.address.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT);
            command.environment().put("FLOCKWORK_HOME", home.toString());
            Process dashboard = command.start();
            try (BufferedReader said = dashboard.inputReader();
                    Browser browser = CrowdedGrid.chromium(playwright)) {
                String link = said.readLine();
                warm(browser);
                look(browser, link, round);
            } finally {
                dashboard.destroy();
            }
        }
    }

    /** As {@code flockwork login} leaves it. */
    private static Path login(Path home) throws IOException {
        String id = TestMembers.SUBMITTER.grid().value();
        Path identity = home.resolve("logins").resolve(id.substring(0, Math.min(16, id.length())));
        new Membership(TestMembers.SUBMITTER, WorkerInfo.NOWHERE).save(identity);
        Files.writeString(home.resolve("grid"), id + "\n");
        return home;
    }

    /** A browser that has shown something, as those of people have; what it knows of the grid is nothing. */
    private static void warm(Browser browser) {
        Page page = browser.newContext().newPage();
        page.navigate("data:text/html,<h1>something else</h1><script>document.title = 'shown'</script>");
        page.waitForSelector("text=something else");
        page.context().close();
    }

    /** As somebody who comes for the first time: nothing is kept from the round before. */
    private static void look(Browser browser, String link, int round) {
        Page page = browser.newContext(new Browser.NewContextOptions().setIgnoreHTTPSErrors(true))
                .newPage();
        long begun = System.nanoTime();
        page.navigate(link);
        page.waitForSelector("text=10,001", new Page.WaitForSelectorOptions().setState(WaitForSelectorState.VISIBLE));
        long seen = System.nanoTime();
        double paint = millis(page, "performance.getEntriesByName('first-contentful-paint')[0].startTime");
        double dialled = millis(page, "performance.getEntriesByType('navigation')[0].connectStart");
        System.out.printf(
                "round %d: first paint after %.0f ms, %.0f of them before the browser dials; the number of workers after %.0f ms%n",
                round, paint, dialled, (seen - begun) / 1e6);
        page.context().close();
    }

    private static double millis(Page page, String what) {
        return ((Number) page.evaluate("() => " + what)).doubleValue();
    }
}
