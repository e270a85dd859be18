package io.flockwork.grid;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.client.CreditNews;
import io.flockwork.sdk.client.JobHandle;
import io.flockwork.sdk.client.JobRequest;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.model.JobState;
import io.flockwork.sdk.model.WorkerInfo;
import io.flockwork.sdk.wire.Dialer;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Votes and credit outlive the cores that took them down, and a job is thanked for once, whoever dies. */
class CreditIT {
    @RegisterExtension
    static final TestGrid GRID = TestGrid.ofWorkers(2).with("worker-3", "--team", "ants");

    @Test
    void neitherVotesNorCreditDieWithACore() throws Exception {
        JobHandle job = GRID.grid().submit(JobRequest.type("primes", Map.of("to", "4000000000")));
        GRID.awaitMiddle(job);
        GRID.masterOf(job).kill();
        assertEquals(
                JobState.DONE,
                job.result()
                        .get(TestGrid.PATIENCE.toSeconds(), TimeUnit.SECONDS)
                        .record()
                        .state());

        Path folder = GRID.newFolder();
        Path proof = folder.resolve("proof");
        Ran fetched = GRID.run("fetch", "" + job.id(), "-o", folder + "/results/", "--proof", "" + proof);
        assertEquals(0, fetched.code(), fetched.toString());
        Ran audit = GRID.run("audit", "" + proof, "--results", folder + "/results");
        assertEquals(0, audit.code(), audit.toString());

        awaitCopies();
        String before = credit();
        assertTrue(before.lines().count() >= 2 && before.lines().allMatch(row -> row.contains("\"jobs\":1")), before);
        assertTrue(GRID.run("credit", "--by", "team").text().contains("ants"));

        GRID.masterOf(job).kill();
        assertEquals(before, credit(), "from another core");
        GRID.heal();
        awaitCopies();
        assertEquals(before, credit(), "and nobody has thanked again");
    }

    private static String credit() throws Exception {
        Ran ran = GRID.run("credit", "--by", "worker", "--json");
        assertEquals(0, ran.code(), ran.toString());
        return ran.text();
    }

    /** Waits until every core has a credit log. */
    private static void awaitCopies() throws Exception {
        try (Dialer dialer = new Dialer(GRID.member(Role.SUBMIT))) {
            CreditNews news = new CreditNews(dialer);
            await("copies of the credit log")
                    .atMost(TestGrid.PATIENCE)
                    .ignoreException(CompletionException.class)
                    .until(() -> GRID.listed().stream()
                            .map(WorkerInfo::gateway)
                            .allMatch(core -> !news.heads(core).join().isEmpty()));
        }
    }
}
