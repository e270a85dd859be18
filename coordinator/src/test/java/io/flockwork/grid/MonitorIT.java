package io.flockwork.grid;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import io.flockwork.sdk.client.JobHandle;
import io.flockwork.sdk.client.JobRequest;
import io.flockwork.sdk.identity.GridTls;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.model.JobState;
import io.flockwork.sdk.model.WorkerInfo;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Cores, an edge worker and the coordinator are scraped while a job runs: their numbers move, and are those of docs/MONITORING.md. */
class MonitorIT {
    private static final Path GUIDE = Path.of("..", "docs", "MONITORING.md");
    private static final Path DASHBOARD = Path.of("..", "docs", "grafana", "flockwork.json");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(flockwork_\\w+)` \\| (\\w+) \\|");
    private static final Pattern NAME = Pattern.compile("\\b(?:flockwork|jvm|process|system)_[a-z0-9_]+");
    private static final int UNITS = 1_500;
    private static final int PORT = FreePorts.of(1).get(0);
    private static final String EDGE = "http://localhost:" + PORT;

    @RegisterExtension
    static final TestGrid GRID = TestGrid.ofWorkers(2)
            .withEdge("edge-1", "--metrics", "" + PORT, "--log-json")
            .withEdge("edge-2");

    private static HttpClient operator;
    private static HttpClient submitter;
    private static final HttpClient ANYBODY = HttpClient.newHttpClient();

    @BeforeAll
    static void enrol() throws Exception {
        operator = http(GRID.member(Role.OPERATE));
        submitter = http(GRID.member(Role.SUBMIT));
    }

    private static HttpClient http(GridTls member) {
        return HttpClient.newBuilder()
                .sslContext(member.context(GridTls.SERVERS))
                .build();
    }

    private static String coordinator() {
        return "https://" + GRID.entrance();
    }

    private static List<String> cores() {
        return GRID.listed().stream()
                .filter(WorkerInfo::isReachable)
                .map(core -> "https://" + core.gateway())
                .toList();
    }

    /** Units that begin by the hundred and take long enough to be seen. */
    private static JobHandle job() {
        return GRID.grid()
                .submit(JobRequest.type("echo", Map.of("units", UNITS + "", "spin", "10"))
                        .withQuorum(2));
    }

    private static void assertDone(JobHandle job) throws Exception {
        assertEquals(
                JobState.DONE,
                job.result()
                        .get(TestGrid.PATIENCE.toSeconds(), TimeUnit.SECONDS)
                        .record()
                        .state());
    }

    @Test
    void numbersMoveAndAreThoseThatAreDocumented() throws Exception {
        JobHandle job = job();
        GRID.awaitMiddle(job);
        String leader = awaitPage("the core that leads", () -> cores().stream()
                .filter(core -> scrape(operator, core).sum("flockwork_job_left_seconds") > 0)
                .findFirst()
                .orElse(""));
        Scrape before = scrape(operator, leader);
        Scrape edgeBefore = scrape(ANYBODY, EDGE);
        assertEquals(1, before.sum("flockwork_jobs_led"));
        assertTrue(before.sum("flockwork_job_done_ratio") > 0);
        assertEquals(2, before.sum("flockwork_mesh_members"));
        assertEquals(2, before.sum("flockwork_edge_workers"));
        assertEquals(4, before.sum("flockwork_grid_slots"));
        assertEquals(1, edgeBefore.sum("flockwork_jobs_working"));
        assertTrue(before.sum("flockwork_job_units{job_id=\"" + job.id() + "\",state=\"accepted\"}") > 0);

        await("the leader counts on").atMost(TestGrid.PATIENCE).until(() -> {
            Scrape now = scrape(operator, leader);
            return now.sum("flockwork_votes_total") > before.sum("flockwork_votes_total")
                    && now.sum("flockwork_checks_total") > before.sum("flockwork_checks_total")
                    && now.sum("flockwork_units_settled_total") > before.sum("flockwork_units_settled_total");
        });
        await("the edge counts on").atMost(TestGrid.PATIENCE).until(() -> {
            Scrape now = scrape(ANYBODY, EDGE);
            return now.sum("flockwork_units_computed_total") > edgeBefore.sum("flockwork_units_computed_total")
                    && now.sum("flockwork_unit_seconds_sum") > edgeBefore.sum("flockwork_unit_seconds_sum");
        });
        assertNames(scrape(operator, leader), scrape(ANYBODY, EDGE), scrape(operator, coordinator()));

        assertDone(job);
        assertSettled(job);
    }

    private static void assertSettled(JobHandle job) throws Exception {
        double accepted = 0;
        double votes = 0;
        for (String core : cores()) {
            accepted += scrape(operator, core).sum("flockwork_units_settled_total{outcome=\"accepted\"}");
            votes += scrape(operator, core).sum("flockwork_votes_total");
        }
        assertTrue(accepted >= UNITS, "each unit counts: " + accepted);
        assertTrue(votes >= 2 * UNITS, "each unit had two answers: " + votes);
        await("no job is led").atMost(TestGrid.PATIENCE).until(() -> cores().stream()
                .allMatch(core -> scrape(operator, core).sum("flockwork_jobs_led") == 0
                        && !scrape(operator, core).text().contains(job.id().value())));
    }

    private static void assertNames(Scrape... scrapes) throws IOException {
        Map<String, String> served = new TreeMap<>();
        Set<String> names = new HashSet<>();
        for (Scrape scrape : scrapes) {
            served.putAll(scrape.types());
            names.addAll(scrape.names());
        }
        Map<String, String> documented = new TreeMap<>();
        ROW.matcher(Files.readString(GUIDE))
                .results()
                .forEach(row -> assertEquals(null, documented.put(row.group(1), row.group(2)), row.group()));
        assertEquals(documented, served);
        for (Path file : List.of(GUIDE, DASHBOARD)) {
            Set<String> unknown = new TreeSet<>();
            Matcher name = NAME.matcher(Files.readString(file));
            while (name.find()) {
                unknown.add(name.group());
            }
            assertTrue(unknown.size() > 20, file + " names metrics");
            unknown.removeAll(names);
            assertEquals(Set.of(), unknown, file + " names what nobody serves");
        }
    }

    private static Scrape scrape(HttpClient http, String base) {
        try {
            return Scrape.of(http, base);
        } catch (IOException | InterruptedException broken) {
            throw new AssertionError(broken);
        }
    }

    private static String awaitPage(String what, Callable<String> page) {
        return await(what).atMost(TestGrid.PATIENCE).until(page, found -> !found.isEmpty());
    }

    private static String answer(HttpClient http, String address) throws IOException, InterruptedException {
        HttpResponse<String> response = Scrape.get(http, address);
        return response.statusCode() + " " + response.body().strip();
    }

    @Test
    void everyNodeSaysThatItIsWellToWhomItMay() throws Exception {
        for (String core : cores()) {
            await(core).atMost(TestGrid.PATIENCE).until(() -> answer(submitter, core + "/ready")
                    .equals("200 {\"ready\":true}"));
            assertEquals("200 {\"alive\":true}", answer(submitter, core + "/health"));
            assertTrue(answer(submitter, core + "/metrics").startsWith("403 "), "ids of others' jobs are there");
        }
        assertEquals("200 {\"ready\":true}", answer(submitter, coordinator() + "/ready"));
        assertEquals("200 {\"alive\":true}", answer(submitter, coordinator() + "/health"));
        assertTrue(answer(submitter, coordinator() + "/metrics").startsWith("403 "));
        Scrape coordinator = scrape(operator, coordinator());
        assertEquals(2, coordinator.sum("flockwork_members{role=\"core\"}"));
        assertEquals(2, coordinator.sum("flockwork_members{role=\"edge\"}"));
        assertTrue(coordinator.sum("flockwork_enrolments_total{outcome=\"joined\"}") >= 6);
        assertTrue(coordinator.sum("flockwork_coordinator_requests_total{status=\"403\"}") >= 1);
    }

    @Test
    void aPausedEdgeWorkerLivesAndIsNotReady() throws Exception {
        String dir = GRID.folderOf("edge-1").toString();
        assertEquals(0, GRID.run("pause", "--dir", dir).code());
        await("not ready").atMost(TestGrid.PATIENCE).until(() -> answer(ANYBODY, EDGE + "/ready")
                .equals("503 {\"ready\":false,\"why\":\"this worker is paused\"}"));
        assertEquals("200 {\"alive\":true}", answer(ANYBODY, EDGE + "/health"));
        assertEquals(1, scrape(ANYBODY, EDGE).sum("flockwork_paused"));
        assertEquals(0, GRID.run("resume", "--dir", dir).code());
        await("ready").atMost(TestGrid.PATIENCE).until(() -> answer(ANYBODY, EDGE + "/ready")
                .equals("200 {\"ready\":true}"));
    }

    @Test
    void whoIsNotWatchedLoadsNothingForItAndTheLogIsJson() throws Exception {
        String watched = Files.readString(GRID.classesOf("edge-1"), StandardCharsets.ISO_8859_1);
        String unwatched = Files.readString(GRID.classesOf("edge-2"), StandardCharsets.ISO_8859_1);
        for (String library : List.of("io.micrometer", "io.prometheus", "com.sun.net.httpserver")) {
            assertTrue(watched.contains("] " + library + "."), "edge-1 uses " + library);
            assertFalse(unwatched.contains("] " + library + "."), "edge-2 has loaded classes of " + library);
        }
        List<String> lines = GRID.worker("edge-1")
                .log()
                .lines()
                .filter(line -> !line.startsWith("worker edge-1 "))
                .toList();
        assertFalse(lines.isEmpty());
        for (String line : lines) {
            assertTrue(
                    JSON.std.mapFrom(line).keySet().containsAll(List.of("time", "level", "logger", "message")), line);
        }
    }

    @Test
    void topShowsTheGridAtWork() throws Exception {
        JobHandle job = job();
        GRID.awaitMiddle(job);
        Ran ran = GRID.run("top", "--json", "-n", "3", "--interval", "500ms");
        assertEquals(0, ran.code(), ran.toString());
        Map<String, Object> last = JSON.std.mapFrom(ran.text().lines().toList().get(2));
        assertEquals(2, last.get("cores"));
        assertEquals(2, last.get("edges"));
        assertTrue(((Number) last.get("unitsPerSecond")).doubleValue() > 0, ran.text());
        Map<?, ?> shown = (Map<?, ?>) ((List<?>) last.get("jobs")).get(0);
        assertEquals(job.id().value(), shown.get("job"));
        assertTrue(((Number) shown.get("done")).doubleValue() > 0.1);
        Ran plain = GRID.run("top", "-n", "1");
        assertTrue(plain.text().contains("\n" + job.id().value() + "  "), plain.toString());
        assertDone(job);
    }
}
