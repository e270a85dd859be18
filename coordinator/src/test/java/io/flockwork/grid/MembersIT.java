package io.flockwork.grid;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.grid.TestGrid.RunningCommand;
import io.flockwork.sdk.client.JobHandle;
import io.flockwork.sdk.client.JobRequest;
import io.flockwork.sdk.client.JobResult;
import io.flockwork.sdk.identity.JoinLink;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.JobState;
import io.flockwork.sdk.model.NodeId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How people join, what they hear when they cannot, where their secrets are not, and whose jobs they see. */
class MembersIT {
    @RegisterExtension
    static final TestGrid GRID = TestGrid.ofWorkers(2).withEdge("edge-1");

    @Test
    void eachUselessLinkHasItsOwnSentence() throws Exception {
        JoinLink expired = link("--role", "edge", "--expires", "1s");
        Instant late = Instant.now().plusSeconds(2);
        JoinLink used = link("--role", "edge");
        RunningCommand first = GRID.start("worker", "--join", used.text(), "--dir", "" + GRID.newFolder());
        await().atMost(TestGrid.PATIENCE)
                .until(() -> Files.readString(first.out()).contains("works for grid"));
        end(first);
        JoinLink withdrawn = link("--role", "edge");
        assertEquals(
                "revoked: the join link for role edge\n",
                GRID.run("revoke", "--dir", dir(), withdrawn.text()).text());
        String text = link("--role", "edge").text();
        String mistyped = text.substring(0, text.length() - 3) + (text.endsWith("aaa") ? "bbb" : "aaa");
        JoinLink foreign = new JoinLink(GRID.entrance(), Role.EDGE, used.token(), new NodeId("a".repeat(52)));

        refusesWorker(used.text(), 2, "this join link has been used up: it was for one node, ask for another");
        refusesWorker(withdrawn.text(), 2, "this join link has been withdrawn");
        refusesWorker(mistyped, 2, "this join link is mistyped: copy it once more");
        refusesWorker(
                foreign.text(),
                2,
                "another grid answers at " + GRID.entrance() + " than the one this join link is for");
        await().until(() -> Instant.now().isAfter(late));
        refusesWorker(expired.text(), 2, "this join link expired on ");
        refusesWorker(
                link("--role", "submit").text(), 2, "this link is for a login, not for a worker: flockwork login LINK");

        Ran login = GRID.runAs(GRID.newFolder(), "login", link("--role", "edge").text());
        assertEquals(2, login.code(), login.toString());
        assertTrue(
                login.err().startsWith("this link is for a worker of role edge: flockwork worker --join LINK"),
                login.toString());
        Ran again = GRID.runAs(GRID.newFolder(), "login", used.text().replace("#edge", "#submit"));
        assertEquals(2, again.code(), again.toString());
        assertFalse(again.err().contains(used.token()), "the secret is repeated");
    }

    private static void refusesWorker(String link, int code, String sentence) throws Exception {
        Ran ran = GRID.run("worker", "--join", link, "--dir", "" + GRID.newFolder());
        assertEquals(code, ran.code(), ran.toString());
        assertEquals(1, ran.err().lines().count(), ran.toString());
        assertTrue(ran.err().startsWith(sentence), ran.toString());
        assertFalse(ran.err().contains(link.substring(link.indexOf('.') + 1, link.indexOf('.') + 20)), "the secret");
    }

    private static String dir() {
        return "" + GRID.folderOf("coordinator");
    }

    private static JoinLink link(String... options) throws Exception {
        String[] arguments = Stream.concat(Stream.of("invite", "--dir", dir()), Stream.of(options))
                .toArray(String[]::new);
        return JoinLink.parse(GRID.run(arguments).text());
    }

    private static void end(RunningCommand command) {
        command.process().descendants().forEach(ProcessHandle::destroyForcibly);
        command.process().destroyForcibly().onExit().join();
    }

    @Test
    void aLinkIsInNoCommandLineAndNoLog() throws Exception {
        JoinLink typed = link("--role", "edge");
        JoinLink piped = link("--role", "edge");
        Path line = Files.writeString(GRID.newFolder().resolve("link"), piped.text() + "\n");
        List<RunningCommand> joining = List.of(
                GRID.start("worker", "--join", typed.text(), "--dir", "" + GRID.newFolder(), "--name", "typed"),
                GRID.start(
                        builder -> builder.redirectInput(line.toFile()),
                        "worker",
                        "--join",
                        "-",
                        "--dir",
                        "" + GRID.newFolder(),
                        "--name",
                        "piped"));
        try {
            await().atMost(TestGrid.PATIENCE)
                    .until(() -> GRID.listed().stream()
                                    .filter(worker -> List.of("typed", "piped").contains(worker.name()))
                                    .count()
                            == 2);
            for (RunningCommand worker : joining) {
                List<ProcessHandle> family = Stream.concat(
                                Stream.of(worker.process().toHandle()),
                                worker.process().descendants())
                        .toList();
                for (ProcessHandle process : family) {
                    String commandLine = commandLine(process);
                    assertTrue(commandLine.contains("java"), commandLine);
                    assertNoSecret(commandLine, typed, piped);
                }
                assertNoSecret(Files.readString(worker.out()) + Files.readString(worker.err()), typed, piped);
            }
            assertNoSecret(GRID.coordinator().log(), typed, piped);
            for (GridProcess worker : GRID.workers()) {
                assertFalse(worker.log().contains("flockwork://"), worker.name());
            }
        } finally {
            joining.forEach(MembersIT::end);
        }
    }

    private static String commandLine(ProcessHandle process) throws IOException {
        return new String(Files.readAllBytes(Path.of("/proc/" + process.pid() + "/cmdline")), StandardCharsets.UTF_8);
    }

    private static void assertNoSecret(String text, JoinLink... links) {
        for (JoinLink link : links) {
            assertFalse(text.contains(link.token()), "a secret is told");
        }
    }

    @Test
    void aSubmitterSeesItsOwnJobsOnlyAndAnOperatorAll() throws Exception {
        Path ann = submitter();
        Path bob = submitter();
        Ran submitted = GRID.runAs(ann, "submit", "echo", "units=5", "--wait");
        assertEquals(0, submitted.code(), submitted.toString());
        Ran running = GRID.runAs(ann, "submit", "primes", "to=60000000000");
        String job = running.text().strip();

        assertTrue(GRID.runAs(ann, "jobs").text().contains(job));
        assertTrue(GRID.run("jobs").text().contains(job));
        assertFalse(GRID.runAs(bob, "jobs").text().contains(job));
        assertEquals("", GRID.runAs(bob, "jobs", "--json").text());
        for (String command : List.of("job", "watch", "cancel")) {
            Ran refused = GRID.runAs(bob, command, job);
            assertEquals("there is no job " + job + "\n", refused.err(), refused.toString());
            assertTrue(refused.code() != 0, refused.toString());
        }
        Ran fetched = GRID.runAs(bob, "fetch", job, "-o", "" + GRID.newFolder().resolve("out"));
        assertEquals("there is no job " + job + "\n", fetched.err(), fetched.toString());
        assertEquals(0, GRID.runAs(ann, "job", job).code());
        assertFalse(GRID.grid().job(new JobId(job)).status().record().state().ended());
        assertEquals(0, GRID.run("cancel", job).code());
        await().atMost(TestGrid.PATIENCE)
                .until(() -> GRID.runAs(ann, "job", job).text().contains("cancelled"));
    }

    private static Path submitter() throws Exception {
        Path home = GRID.newFolder();
        Ran login = GRID.runAs(home, "login", link("--role", "submit").text());
        assertEquals(0, login.code(), login.toString());
        assertTrue(login.text().startsWith("logged in to grid "), login.toString());
        return home;
    }

    @Test
    void theCoordinatorComesAndGoesDuringAJob() throws Exception {
        JobHandle job = GRID.grid().submit(JobRequest.type("primes", Map.of("to", "3000000000")));
        GRID.awaitMiddle(job);
        GRID.coordinator().kill();
        GRID.coordinator().start();
        assertEquals("144449537\n", answer(job));
        Ran later = GRID.run("worker", "--join", "flockwork://x", "--dir", "" + GRID.newFolder());
        assertEquals(2, later.code(), later.toString());
        await().atMost(TestGrid.PATIENCE).ignoreExceptions().until(() -> submitter() != null);
    }

    /** The combined result, once it is there. */
    static String answer(JobHandle job) throws Exception {
        JobResult result = job.result().get(TestGrid.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertEquals(JobState.DONE, result.record().state(), result.record().toString());
        assertEquals(0, result.record().outcome().orElseThrow().unverified());
        return new String(result.combined().orElseThrow().readAllBytes(), StandardCharsets.UTF_8);
    }
}
