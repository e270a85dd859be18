package io.flockwork.worker.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.flockwork.sdk.blob.BlobStore;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.Assurance;
import io.flockwork.sdk.model.Code;
import io.flockwork.sdk.model.Conduct;
import io.flockwork.sdk.model.JobChange;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.JobProgress;
import io.flockwork.sdk.model.JobRecord;
import io.flockwork.sdk.model.JobSeal;
import io.flockwork.sdk.model.JobSpec;
import io.flockwork.sdk.model.JobState;
import io.flockwork.sdk.model.Judgement;
import io.flockwork.sdk.model.Limits;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.Recipe;
import io.flockwork.sdk.model.Reputation;
import io.flockwork.sdk.model.UnitOutcome;
import io.flockwork.sdk.model.WorkerInfo;
import io.flockwork.sdk.monitor.Page;
import io.flockwork.worker.lease.AgentStatus;
import io.flockwork.worker.lease.UnitListener;
import io.flockwork.worker.mesh.FakeMesh;
import io.flockwork.worker.mesh.FakeMeshNetwork;
import io.flockwork.worker.runtime.Runner;
import io.flockwork.worker.runtime.RunnerSettings;
import io.flockwork.worker.swarm.Storage;
import io.flockwork.worker.swarm.Swarm;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That each number is the one that it says it is. */
class MetersTest {
    private static final Address HERE = new Address("127.0.0.1", 7701);
    private static final NodeId CORE = new NodeId("core");

    @TempDir
    Path folder;

    private AgentStatus status;
    private Runner runner;
    private NodeMeters node;
    private Swarm swarm;

    @BeforeEach
    void open() throws IOException {
        status = new AgentStatus(false, HERE, true, true, List.of(), 0, 0, 0, 0, Optional.empty());
        runner = Runner.onDemand(RunnerSettings.of(3, 1 << 26, folder.resolve("runner")), Duration.ofMinutes(1));
        node = NodeMeters.of(
                "core",
                3,
                runner,
                () -> CompletableFuture.completedStage(status),
                now -> now.paused() ? Optional.of("it is paused") : Optional.empty());
        swarm = new Swarm(BlobStore.open(folder.resolve("blobs")), folder.resolve("scratch"), HERE, null, null);
    }

    @AfterEach
    void close() {
        node.close();
        runner.close();
    }

    /** What is served, without comments: the value of each name with its labels. */
    private Map<String, Double> numbers() {
        String text = node.answer(Page.METRICS).toCompletableFuture().join().body();
        return text.lines()
                .filter(line -> line.startsWith("flockwork_"))
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.lastIndexOf(' ')),
                        line -> Double.valueOf(line.substring(line.lastIndexOf(' ') + 1))));
    }

    private double number(String name) {
        return numbers().get(name);
    }

    @Test
    void whatAWorkerDoesNow() {
        JobId one = new JobId("aaa");
        JobId two = new JobId("bbb");
        Code code = new Code.Java("echo", Map.of());
        Conduct record = new Conduct(Reputation.of(CORE, false).struck(false, 2), 3, 1, List.of());
        status = new AgentStatus(
                true,
                HERE,
                true,
                true,
                List.of(
                        new AgentStatus.JobStatus(one, code, true, 10, 4, 5),
                        new AgentStatus.JobStatus(two, code, true, 20, 2, 1)),
                7,
                0,
                8,
                30,
                Optional.of(record));
        Map<String, Double> numbers = numbers();
        assertEquals(3, numbers.get("flockwork_slots"));
        assertEquals(0, numbers.get("flockwork_slots_busy"));
        assertEquals(1, numbers.get("flockwork_paused"));
        assertEquals(0, numbers.get("flockwork_ready"));
        assertEquals(1, numbers.get("flockwork_home_connected"));
        assertEquals(2, numbers.get("flockwork_jobs_working"));
        assertEquals(7, numbers.get("flockwork_jobs_declined"));
        assertEquals(6, numbers.get("flockwork_leases_held"));
        assertEquals(14, numbers.get("flockwork_reports_waiting"));
        assertEquals(1, numbers.get("flockwork_own_strikes"));
        assertEquals(0, numbers.get("flockwork_runner_restarts_total"));
        assertEquals(503, node.answer(Page.READY).toCompletableFuture().join().status());
    }

    @Test
    void unitsByWhatCameOfThemAndHowLongTheyTook() {
        UnitListener units = node.units();
        units.ended(new UnitOutcome.Done(new byte[0], new byte[0], 5_000));
        units.ended(new UnitOutcome.Done(new byte[0], new byte[0], 2_000_000));
        units.ended(new UnitOutcome.Failed("exit code 1", new byte[0], 995_000));
        Map<String, Double> numbers = numbers();
        assertEquals(2, numbers.get("flockwork_units_computed_total{outcome=\"done\"}"));
        assertEquals(1, numbers.get("flockwork_units_computed_total{outcome=\"failed\"}"));
        assertEquals(3, numbers.get("flockwork_unit_seconds_count"));
        assertEquals(3.0, numbers.get("flockwork_unit_seconds_sum"), 1e-9);
        assertEquals(2.0, numbers.get("flockwork_unit_seconds_max"), 1e-9);
        assertEquals(1, numbers.get("flockwork_unit_seconds_bucket{le=\"0.01\"}"));
        assertEquals(2, numbers.get("flockwork_unit_seconds_bucket{le=\"1.0\"}"));
        assertEquals(3, numbers.get("flockwork_unit_seconds_bucket{le=\"10.0\"}"));
    }

    @Test
    void whatItKeepsForJobs() throws IOException {
        node.add(swarm, new Storage(swarm, 1 << 20, () -> new Storage.Needed(Set.of(), 0), Clock.systemUTC()));
        swarm.store().add(new ByteArrayInputStream(new byte[12_345]));
        assertEquals(swarm.store().bytes(), number("flockwork_blobs_bytes"));
        assertEquals(1 << 20, number("flockwork_blobs_limit_bytes"));
        assertEquals(0, number("flockwork_swarm_fetched_bytes_total"));
    }

    private static WorkerInfo worker(NodeId id, int slots, Address gateway) {
        return new WorkerInfo(id, "w", "ada", "", slots, 1 << 30, gateway, gateway, 0);
    }

    private static JobRecord job(FakeMesh mesh, String id, Optional<NodeId> master) {
        JobSpec spec = new JobSpec(
                "secret name",
                new Code.Java("echo", Map.of()),
                new Recipe.Range(0, 10),
                "",
                new Assurance.Quorum(1),
                Limits.DEFAULT,
                10);
        JobRecord made =
                JobRecord.submitted(new JobId(id), spec, new JobSeal(CORE, "", "", "", ""), 1_000L + id.charAt(0));
        mesh.create(made).toCompletableFuture().join();
        master.ifPresent(core -> mesh.change(made.id(), new JobChange.Claim(core, 0))
                .toCompletableFuture()
                .join());
        return made;
    }

    private static void progress(FakeMesh mesh, JobRecord job, double secondsLeft) {
        mesh.publish(new JobProgress(job.id(), JobState.RUNNING, 3, 10, 2, 1, 4, 5, 9, secondsLeft, "", List.of()));
    }

    @Test
    void whatACoreKnowsOfItsGrid() {
        FakeMeshNetwork network = new FakeMeshNetwork(Runnable::run);
        FakeMesh mesh = network.join(worker(CORE, 3, HERE));
        FakeMesh other = network.join(worker(new NodeId("other"), 4, HERE));
        mesh.connected(worker(new NodeId("edge"), 5, WorkerInfo.NOWHERE));
        CoreMeters core = CoreMeters.of(node, mesh, swarm);
        core.sockets(role -> role == Role.EDGE ? 6 : 0);
        progress(mesh, job(mesh, "aaa", Optional.of(CORE)), 12.5);
        progress(mesh, job(mesh, "bbb", Optional.of(other.self())), 12.5);
        job(mesh, "ccc", Optional.empty());
        mesh.judge(
                new NodeId("liar"),
                new Judgement.Remembered(
                        new Conduct(Reputation.of(new NodeId("liar"), false).struck(true, 0), 0, 1, List.of())));
        Map<String, Double> numbers = numbers();
        assertEquals(2, numbers.get("flockwork_mesh_members"));
        assertEquals(1, numbers.get("flockwork_edge_workers"));
        assertEquals(12, numbers.get("flockwork_grid_slots"));
        assertEquals(2, numbers.get("flockwork_jobs{state=\"running\"}"));
        assertEquals(1, numbers.get("flockwork_jobs{state=\"waiting\"}"));
        assertEquals(0, numbers.get("flockwork_jobs{state=\"done\"}"));
        assertEquals(1, numbers.get("flockwork_jobs_led"));
        assertEquals(0.3, numbers.get("flockwork_job_done_ratio{job_id=\"aaa\"}"));
        assertEquals(12.5, numbers.get("flockwork_job_left_seconds{job_id=\"aaa\"}"));
        assertEquals(2, numbers.get("flockwork_job_units{job_id=\"aaa\",state=\"accepted\"}"));
        assertEquals(5, numbers.get("flockwork_job_units{job_id=\"aaa\",state=\"contested\"}"));
        assertNull(numbers.get("flockwork_job_done_ratio{job_id=\"bbb\"}"), "another core leads it");
        assertEquals(1, numbers.get("flockwork_known_workers{standing=\"banned\"}"));
        assertEquals(0, numbers.get("flockwork_known_workers{standing=\"active\"}"));
        assertEquals(1, numbers.get("flockwork_known_strikes"));
        assertEquals(6, numbers.get("flockwork_gateway_sockets{role=\"edge\"}"));
    }

    @Test
    void jobsThatHaveEndedOrAreTooManyAreNotShown() {
        FakeMesh mesh = new FakeMeshNetwork(Runnable::run).join(worker(CORE, 3, HERE));
        CoreMeters core = CoreMeters.of(node, mesh, swarm);
        List<JobRecord> jobs = IntStream.range(0, JobGauges.MOST_JOBS + 3)
                .mapToObj(i -> job(mesh, (char) ('a' + i) + "aa", Optional.of(CORE)))
                .toList();
        jobs.forEach(job -> progress(mesh, job, -1));
        Map<String, Double> numbers = numbers();
        assertEquals(jobs.size(), numbers.get("flockwork_jobs_led"));
        assertEquals(JobGauges.MOST_JOBS, count(numbers, "flockwork_job_done_ratio{"));
        assertEquals(4 * JobGauges.MOST_JOBS, count(numbers, "flockwork_job_units{"));
        assertEquals(0, count(numbers, "flockwork_job_left_seconds{"), "unknown is absent");
        assertNull(numbers.get("flockwork_job_done_ratio{job_id=\"aaa\"}"), "the newest are shown");
        jobs.forEach(job -> mesh.change(job.id(), new JobChange.Cancel(5))
                .toCompletableFuture()
                .join());
        assertEquals(0, count(numbers(), "flockwork_job_done_ratio{"));
        core.answered(200);
        assertEquals(1, number("flockwork_gateway_requests_total{status=\"200\"}"));
    }

    private static long count(Map<String, Double> numbers, String beginning) {
        return numbers.keySet().stream()
                .filter(name -> name.startsWith(beginning))
                .count();
    }

    @Test
    void whatHappensIsCounted() {
        FakeMesh mesh = new FakeMeshNetwork(Runnable::run).join(worker(CORE, 3, HERE));
        CoreMeters core = CoreMeters.of(node, mesh, swarm);
        core.voted(false);
        core.voted(true);
        core.settled(false);
        core.settled(false);
        core.settled(true);
        core.withdrawn();
        core.contested();
        core.struck();
        core.answered(200);
        core.answered(403);
        core.answered(403);
        swarm.served(1_000);
        Map<String, Double> numbers = numbers();
        assertEquals(2, numbers.get("flockwork_votes_total"));
        assertEquals(1, numbers.get("flockwork_checks_total"));
        assertEquals(2, numbers.get("flockwork_units_settled_total{outcome=\"accepted\"}"));
        assertEquals(1, numbers.get("flockwork_units_settled_total{outcome=\"failed\"}"));
        assertEquals(1, numbers.get("flockwork_units_withdrawn_total"));
        assertEquals(1, numbers.get("flockwork_units_contested_total"));
        assertEquals(1, numbers.get("flockwork_strikes_total"));
        assertEquals(1, numbers.get("flockwork_gateway_requests_total{status=\"200\"}"));
        assertEquals(2, numbers.get("flockwork_gateway_requests_total{status=\"403\"}"));
        assertEquals(1_000, numbers.get("flockwork_swarm_served_bytes_total"));
    }
}
