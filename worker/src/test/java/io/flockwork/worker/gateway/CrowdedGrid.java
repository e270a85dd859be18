package io.flockwork.worker.gateway;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import io.flockwork.sdk.identity.JobSigning;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.model.Assurance;
import io.flockwork.sdk.model.Code;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.JobProgress;
import io.flockwork.sdk.model.JobRecord;
import io.flockwork.sdk.model.JobSpec;
import io.flockwork.sdk.model.JobState;
import io.flockwork.sdk.model.Limits;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.Recipe;
import io.flockwork.sdk.model.WorkerInfo;
import io.flockwork.worker.TestMembers;
import io.flockwork.worker.mesh.FakeMeshNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A real core of a grid with 10,000 workers that are told of only, and a job of a million units that they are at. */
final class CrowdedGrid implements AutoCloseable {
    static final int WORKERS = 10_000;
    static final long UNITS = 1_000_000;
    /** What one of the workers calls itself. */
    static final String HOSTILE = "<img src=x onerror=alert(1)>";

    private final ExecutorService meshThread = Executors.newSingleThreadExecutor();
    final TestCore core;

    CrowdedGrid(Path folder) throws IOException {
        core = TestCore.openToAll(new FakeMeshNetwork(meshThread), "core", folder);
        Random random = new Random(7);
        List<JobProgress.WorkerShare> shares = new ArrayList<>();
        for (int i = 0; i < WORKERS; i++) {
            NodeId id = new NodeId(JobId.random(random).value() + "a".repeat(36));
            String name = i == 0 ? HOSTILE : "volunteer-" + i;
            core.mesh.connected(new WorkerInfo(
                    id,
                    name,
                    "operator-" + i % 900,
                    "site-" + i % 40,
                    2,
                    1L << 30,
                    WorkerInfo.NOWHERE,
                    WorkerInfo.NOWHERE,
                    1_790_000_000_000L));
            shares.add(new JobProgress.WorkerShare(id, name, 50 + i % 7, 0, 0));
        }
        JobId job = JobId.random(random);
        JobSpec spec = new JobSpec(
                "a million units",
                new Code.Java("echo", Map.of()),
                new Recipe.Range(0, UNITS, 1),
                "",
                Assurance.DEFAULT,
                Limits.DEFAULT,
                10);
        core.mesh.create(JobRecord.submitted(
                job, spec, JobSigning.seal(TestMembers.credentials(Role.SUBMIT), job, spec), 1_790_000_000_000L));
        core.mesh.publish(new JobProgress(
                job, JobState.RUNNING, UNITS / 2, UNITS, UNITS / 2, 0, 20_000, 3, UNITS * 11 / 20, 60, "", shares));
    }

    @Override
    public void close() {
        core.close();
        meshThread.shutdownNow();
    }

    static Browser chromium(Playwright playwright) {
        return playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Path.of("/usr/bin/chromium"))
                        .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage")));
    }
}
