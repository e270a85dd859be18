package io.flockwork.grid;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import com.sun.net.httpserver.HttpServer;
import io.flockwork.sdk.client.JobHandle;
import io.flockwork.sdk.client.JobRequest;
import io.flockwork.sdk.client.JobRequest.Source;
import io.flockwork.sdk.identity.JoinLink;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.model.JobState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The one line that a volunteer without Java types, for real; and how it all goes away again. */
class InstallIT {
    @RegisterExtension
    static final TestGrid GRID = TestGrid.ofWorkers(1);

    /** The line's beginning, as an operator gives it; the first one waits until the archive is made. */
    private static String curl() throws Exception {
        return "curl -fsSk --pinnedpubkey '" + pin() + "' --retry 20 --retry-delay 1 " + coordinator()
                + "/install.sh | ";
    }

    private static String pin() throws Exception {
        byte[] key = ServedCertificate.of(GRID.entrance()).getPublicKey().getEncoded();
        return "sha256//"
                + Base64.getEncoder()
                        .encodeToString(MessageDigest.getInstance("SHA-256").digest(key));
    }

    private static String coordinator() {
        return "https://" + GRID.entrance();
    }

    @Test
    void installsAndJoinsAndComputesAndIsGone() throws Exception {
        try (CleanMachine machine = new CleanMachine()) {
            Ran none = machine.run("sh", "-c", "command -v java || command -v mvn");
            assertFalse(none.code() == 0, none.toString());

            JoinLink join = GRID.invite(Role.EDGE, 1);
            // An installation that was interrupted is in nobody's way.
            String begun =
                    machine.home().resolve(".local/share/flockwork/.new-1/half").toString();
            assertEquals(0, machine.run("mkdir", "-p", begun).code());
            Ran installed = machine.run("sh", "-c", curl() + "sh -s -- '" + join.text() + "'");
            assertEquals(0, installed.code(), installed.toString());
            assertFalse((installed.text() + installed.err()).contains(join.text()), "a link is a secret");
            String flockwork = machine.home().resolve(".local/bin/flockwork").toString();
            Ran version = machine.run(flockwork, "--version");
            assertTrue(version.text().startsWith("flockwork 0."), version.toString());
            Ran again = machine.run("sh", "-c", curl() + "sh");
            assertTrue(again.text().contains("is there already"), again.toString());
            assertTrue(machine.left().stream().anyMatch(file -> file.endsWith("/flockwork.jsa")));
            assertFalse(Files.exists(Path.of(begun)));

            GridProcess worker = worker(machine, flockwork, join);
            worker.start();
            try {
                computes(machine, flockwork, worker);
                isGone(machine, worker);
            } finally {
                worker.killWithChildren();
            }
        }
    }

    private static GridProcess worker(CleanMachine machine, String flockwork, JoinLink join) throws IOException {
        ProcessBuilder builder = machine.builder(List.of(flockwork, "worker", "--name", "installed", "--slots", "1"));
        builder.environment().put("FLOCKWORK_JOIN", join.text());
        return new GridProcess("installed", builder, GRID.newFolder().resolve("log"));
    }

    /** A WebAssembly job of two votes a unit, so that both workers have to compute all of it. */
    private static void computes(CleanMachine machine, String flockwork, GridProcess worker) throws Exception {
        await("the installed worker").atMost(TestGrid.PATIENCE).until(() -> {
            assertTrue(worker.isAlive(), worker::lastLines);
            return machine.run(flockwork, "status").text().contains("idle: the grid has no job");
        });
        JobHandle job = GRID.grid()
                .submit(JobRequest.wasm(
                                Modules.example("primes.wasm"), List.of(), new Source.Range(0, 10_000_000L, 1_000_000))
                        .combinedBy("sum")
                        .withQuorum(2));
        assertEquals(
                JobState.DONE,
                job.result()
                        .get(TestGrid.PATIENCE.toSeconds(), TimeUnit.SECONDS)
                        .record()
                        .state(),
                worker::lastLines);
        Ran status = machine.run(flockwork, "status", "--json");
        assertEquals(10, JSON.std.mapFrom(status.text()).get("unitsDone"), status.toString());
    }

    /** Also what runs ends; the identity stays until it is to be purged. */
    private static void isGone(CleanMachine machine, GridProcess worker) throws Exception {
        Ran kept = machine.run("sh", "-c", curl() + "sh -s -- --uninstall");
        assertEquals(0, kept.code(), kept.toString());
        assertFalse(worker.isAlive());
        assertTrue(kept.text().contains("kept " + machine.home().resolve(".flockwork")), kept.toString());
        assertTrue(
                machine.left().stream().allMatch(file -> file.startsWith(".flockwork/worker/")),
                machine.left()::toString);

        assertEquals(0, machine.run("sh", "-c", curl() + "sh").code());
        Ran purged = machine.run(
                "sh",
                machine.home()
                        .resolve(".local/share/flockwork/current/uninstall.sh")
                        .toString(),
                "--purge");
        assertEquals(0, purged.code(), purged.toString());
        assertEquals(List.of(), machine.left());
        Ran nothing = machine.run("sh", "-c", curl() + "sh -s -- --uninstall");
        assertEquals(1, nothing.code(), nothing.toString());
    }

    @Test
    void anotherPlatformIsRefusedInOneSentence() throws Exception {
        try (CleanMachine machine = new CleanMachine()) {
            String script = script().replaceAll("\nmachine='[^']*'", "\nmachine='pdp11'");
            Ran ran = machine.run("sh", machine.file("install.sh", script).toString());
            assertEquals(1, ran.code(), ran.toString());
            assertTrue(ran.err().contains(" on pdp11, and this is "), ran.toString());
            assertEquals(1, ran.err().lines().count(), ran.toString());
            assertEquals(List.of(), machine.left());
        }
    }

    private static String script() {
        return await("the script")
                .atMost(TestGrid.PATIENCE)
                .until(
                        () -> get("/install.sh", HttpResponse.BodyHandlers.ofString()),
                        found -> found.statusCode() == 200)
                .body();
    }

    /** Whoever stands between does not have the key that the pin names. */
    @Test
    void anotherKeyIsRefused() throws Exception {
        try (CleanMachine machine = new CleanMachine()) {
            String other = "sha256//" + "A".repeat(43) + "=";
            Ran fetched = machine.run("curl", "-fsSk", "--pinnedpubkey", other, coordinator() + "/install.sh");
            assertEquals(90, fetched.code(), fetched.toString());
            String script = script().replaceAll("\npin='[^']*'", "\npin='" + other + "'");
            Ran ran = machine.run("sh", machine.file("install.sh", script).toString());
            assertEquals(1, ran.code(), ran.toString());
            assertTrue(ran.err().contains("does not match pinned public key"), ran.toString());
            assertEquals(List.of(), machine.left());
        }
    }

    @Test
    void aTamperedArchiveIsRefused() throws Exception {
        String script = script();
        Matcher archive = Pattern.compile("archive='([^']+)'").matcher(script);
        assertTrue(archive.find(), script);
        byte[] bytes = get("/dist/" + archive.group(1), HttpResponse.BodyHandlers.ofByteArray())
                .body();
        bytes[bytes.length / 2] ^= 1;
        HttpServer tamperer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        tamperer.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        tamperer.start();
        try (CleanMachine machine = new CleanMachine()) {
            String url = "http://127.0.0.1:" + tamperer.getAddress().getPort();
            String led = script.replace("url='" + coordinator() + "'", "url='" + url + "'");
            assertTrue(led.contains(url), led);

            Ran ran = machine.run("sh", machine.file("install.sh", led).toString());

            assertEquals(1, ran.code(), ran.toString());
            assertTrue(ran.err().contains("is not what it should be (SHA-256); nothing was installed"), ran.toString());
            assertEquals(List.of(), machine.left());
        } finally {
            tamperer.stop(0);
        }
    }

    private static <T> HttpResponse<T> get(String path, HttpResponse.BodyHandler<T> as) throws Exception {
        return ServedCertificate.trustingAll()
                .send(HttpRequest.newBuilder(URI.create(coordinator() + path)).build(), as);
    }
}
