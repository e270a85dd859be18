package io.flockwork.worker.gateway;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.blob.Manifest;
import io.flockwork.sdk.identity.Authority;
import io.flockwork.sdk.identity.Credentials;
import io.flockwork.sdk.identity.GridTls;
import io.flockwork.sdk.identity.JobSigning;
import io.flockwork.sdk.identity.NodeKeys;
import io.flockwork.sdk.identity.RevocationList;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.Assurance;
import io.flockwork.sdk.model.Code;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.JobSpec;
import io.flockwork.sdk.model.Limits;
import io.flockwork.sdk.model.NamedBlob;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.Recipe;
import io.flockwork.sdk.model.WorkerInfo;
import io.flockwork.sdk.wire.BlobClient;
import io.flockwork.sdk.wire.ClientMessage;
import io.flockwork.sdk.wire.ClientMessage.Call;
import io.flockwork.sdk.wire.ClientMessage.Reply;
import io.flockwork.sdk.wire.ClientMessage.Request;
import io.flockwork.sdk.wire.ClientMessage.Response;
import io.flockwork.sdk.wire.Dialer;
import io.flockwork.sdk.wire.Message;
import io.flockwork.sdk.wire.Outgoing;
import io.flockwork.sdk.wire.ResultPage;
import io.flockwork.sdk.wire.RevokedNodes;
import io.flockwork.sdk.wire.WorkerMessage;
import io.flockwork.worker.TestMembers;
import io.flockwork.worker.mesh.FakeMeshNetwork;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may do what at a core's gateway, and what becomes of those who have been revoked. */
class RolesTest {
    private static final Duration SHORT = Duration.ofSeconds(20);

    private final ExecutorService meshThread = Executors.newSingleThreadExecutor();
    private final FakeMeshNetwork network = new FakeMeshNetwork(meshThread);
    private final Random random = new Random(1);
    private final List<Dialer> dialers = new ArrayList<>();
    private final Credentials ann = TestMembers.credentials(Role.SUBMIT);
    private final Credentials bob = TestMembers.credentials(Role.SUBMIT);
    private final Credentials edge = TestMembers.credentials(Role.EDGE);
    private TestCore core;

    @TempDir
    Path folder;

    @BeforeEach
    void open() throws IOException {
        core = new TestCore(network, "corea", folder);
    }

    @AfterEach
    void close() {
        core.close();
        dialers.forEach(Dialer::close);
        meshThread.shutdownNow();
    }

    private Dialer dialer(Credentials who) {
        Dialer dialer = new Dialer(new GridTls(who));
        dialers.add(dialer);
        return dialer;
    }

    private FarEnd client(Credentials who) {
        return new FarEnd(dialer(who), core.address, ClientMessage.PATH);
    }

    private Response call(FarEnd client, Request request) {
        long number = random.nextLong();
        client.link.send(new Call(number, request));
        return client.awaitFirst(Reply.class, reply -> reply.call() == number).response();
    }

    private JobSpec job(Recipe recipe) {
        return new JobSpec(
                "echo",
                new Code.Java("echo", Map.of("units", "3")),
                recipe,
                "",
                new Assurance.Quorum(1),
                Limits.DEFAULT,
                10);
    }

    private JobId submit(FarEnd client, Credentials owner, JobSpec spec) {
        JobId job = JobId.random(random);
        Response answer = call(client, new Request.Submit(job, spec, JobSigning.seal(owner, job, spec)));
        assertTrue(answer instanceof Response.Job, answer.toString());
        return job;
    }

    @Test
    void eachRoleComesInByItsOwnDoor() {
        for (Role role : List.of(Role.CORE, Role.EDGE, Role.SUBMIT, Role.OPERATE)) {
            assertEquals(role.submits() ? 101 : 403, status(role, ClientMessage.PATH), role.word());
            assertEquals(role.works() ? 101 : 403, status(role, WorkerMessage.PATH), role.word());
            assertEquals(404, status(role, "/else"));
        }
    }

    private int status(Role role, String path) {
        HttpClient http = HttpClient.newBuilder()
                .sslContext(TestMembers.tls(role).context(GridTls.SERVERS))
                .build();
        try {
            http.newWebSocketBuilder()
                    .buildAsync(URI.create("wss://" + core.address + path), new WebSocket.Listener() {})
                    .join()
                    .abort();
            return 101;
        } catch (CompletionException refused) {
            return ((WebSocketHandshakeException) refused.getCause())
                    .getResponse()
                    .statusCode();
        }
    }

    @Test
    void anEdgeWorkerReadsWhatRunningJobsNeedAndNoMore() {
        byte[] input = "one\ntwo\n".getBytes(StandardCharsets.UTF_8);
        Manifest manifest = upload(ann, input);
        Dialer edges = dialer(edge);
        String blob = "/blobs/" + manifest.id();
        assertEquals(403, get(edges, blob));
        assertEquals(403, get(edges, blob + "/pieces/0"));
        assertEquals(200, get(dialer(bob), blob), "whoever knows an id has been told it");

        FarEnd client = client(ann);
        Code primes = new Code.Wasm(manifest.id(), manifest.id(), List.of());
        JobSpec spec = new JobSpec(
                "lines",
                primes,
                new Recipe.Lines(new NamedBlob("input", manifest.id(), input.length)),
                "",
                new Assurance.Quorum(1),
                Limits.DEFAULT,
                10);
        JobId job = submit(client, ann, spec);
        assertEquals(200, get(edges, blob));
        assertEquals(200, get(edges, blob + "/pieces/0"));
        call(client, new Request.Cancel(job));
        await().until(() -> get(edges, blob) == 403);
        assertEquals(400, get(edges, "/blobs/nonsense"));
    }

    @Test
    void finalResultsAreForTheJobsSubmitterOperatorsAndCores() throws IOException {
        FarEnd client = client(ann);
        JobId job = submit(client, ann, job(new Recipe.Own()));
        String finals = ResultPage.path(job, 0, 10, Duration.ZERO);
        Dialer owner = dialer(ann);
        await("a master").atMost(SHORT).until(() -> get(owner, finals) == 200);
        assertEquals(404, get(dialer(bob), finals));
        assertEquals(404, get(dialer(edge), finals));
        assertEquals(200, get(dialer(TestMembers.credentials(Role.OPERATE)), finals));
        Dialer otherCore = dialer(TestMembers.credentials(Role.CORE));
        assertEquals(200, get(otherCore, finals));
        assertEquals(400, get(owner, finals.replace("most=10", "most=0")));
        try (TestCore second = new TestCore(network, "coreb", folder)) {
            assertTrue(core.parts.masters().leads(job));
            assertEquals(200, get(owner, second.address, finals), "it asks the one that leads the job");
            assertEquals(503, get(otherCore, second.address, finals), "a core asks the master itself");
        }

        call(client, new Request.Cancel(job));
        await("the end").atMost(SHORT).until(() -> get(owner, finals) == 410);
        await("the master").atMost(SHORT).until(() -> get(otherCore, finals) == 410);
    }

    private Manifest upload(Credentials who, byte[] bytes) {
        Manifest manifest = Manifest.of(bytes);
        new BlobClient(dialer(who))
                .upload(core.address, List.of(new Outgoing(manifest, index -> bytes)))
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
        return manifest;
    }

    private int get(Dialer dialer, String path) {
        return get(dialer, core.address, path);
    }

    private static int get(Dialer dialer, Address at, String path) {
        return dialer.get(at, path, 4096, SHORT).join().status();
    }

    @Test
    void onlyCoresHaveCoresKeepCopies() {
        for (Role role : List.of(Role.CORE, Role.EDGE, Role.SUBMIT, Role.OPERATE)) {
            int status = dialer(TestMembers.credentials(role))
                    .put(core.address, "/copies/" + "1".repeat(64), "10.0.0.1:80".getBytes(), 4096, SHORT)
                    .join()
                    .status();
            assertEquals(role == Role.CORE ? 400 : 403, status, role.word());
        }
    }

    @Test
    void aSubmittersJobsAreItsOwnAndTheOperators() {
        FarEnd anns = client(ann);
        FarEnd bobs = client(bob);
        FarEnd operators = client(TestMembers.credentials(Role.OPERATE));
        JobSpec spec = job(new Recipe.Own());
        JobId job = submit(anns, ann, spec);
        for (Request request : List.of(
                new Request.Look(job),
                new Request.Watch(job),
                new Request.Cancel(job),
                new Request.Submit(job, spec, JobSigning.seal(bob, job, spec)))) {
            Response.Refused refused = (Response.Refused) call(bobs, request);
            assertEquals("there is no job " + job, refused.message());
        }
        assertEquals(List.of(), ((Response.Jobs) call(bobs, new Request.ListJobs())).jobs());
        assertEquals(
                1, ((Response.Jobs) call(anns, new Request.ListJobs())).jobs().size());
        assertEquals(
                1,
                ((Response.Jobs) call(operators, new Request.ListJobs())).jobs().size());
        assertTrue(call(operators, new Request.Watch(job)) instanceof Response.Job);
        Response.Job running = (Response.Job) call(anns, new Request.Look(job));
        assertTrue(!running.status().record().state().ended());
        assertTrue(call(operators, new Request.Cancel(job)) instanceof Response.Job);
        await().until(() -> ((Response.Job) call(anns, new Request.Look(job)))
                .status()
                .record()
                .state()
                .ended());
    }

    @Test
    void aJobIsHandedInByTheOneWhoSignedIt() {
        JobId job = JobId.random(random);
        JobSpec spec = job(new Recipe.Own());
        FarEnd bobs = client(bob);
        Response.Refused anothers =
                (Response.Refused) call(bobs, new Request.Submit(job, spec, JobSigning.seal(ann, job, spec)));
        assertEquals("a submitter hands in jobs of its own only", anothers.message());
        JobSpec altered =
                new JobSpec("echo", spec.code(), spec.recipe(), "", new Assurance.Quorum(2), Limits.DEFAULT, 10);
        Response.Refused changed =
                (Response.Refused) call(bobs, new Request.Submit(job, altered, JobSigning.seal(bob, job, spec)));
        assertEquals("the job is not the one that its submitter has signed", changed.message());
    }

    @Test
    void aWorkerSpeaksForItselfOnly() {
        NodeId id = edge.keys().id();
        for (WorkerInfo said : List.of(
                info(new NodeId(JobId.random(random).value()), "tester"),
                info(id, "somebody else"),
                info(ann.keys().id(), "tester"))) {
            FarEnd liar = new FarEnd(dialer(edge), core.address, WorkerMessage.PATH);
            liar.link.send(new WorkerMessage.Hello(Message.PROTOCOL, said, TestMembers.key(edge)));
            assertTrue(liar.awaitClosed().endsWith("a worker speaks for itself only"));
        }
    }

    private static WorkerInfo info(NodeId id, String operator) {
        return new WorkerInfo(id, "w", operator, "", 1, 1 << 30, WorkerInfo.NOWHERE, WorkerInfo.NOWHERE, 1);
    }

    @Test
    void strangersGetNoWordIn() throws IOException {
        Credentials foreign =
                Authority.create(Instant.now()).enrol(NodeKeys.generate(), Role.CORE, "tester", Instant.now());
        Credentials stranger = new Credentials(foreign.keys(), foreign.certificate(), ann.authority());
        assertThrows(CompletionException.class, () -> get(dialer(stranger), "/mesh/cores"));
        assertEquals(
                403,
                get(dialer(TestMembers.credentials(Role.COORDINATOR)), "/mesh/cores"),
                "it may pass on what people ask, and no more");
        try (Dialer newcomer = Dialer.ofNewcomer(TestMembers.AUTHORITY.grid())) {
            assertThrows(CompletionException.class, () -> get(newcomer, "/mesh/cores"));
        }
        try (Socket plain = new Socket(core.address.host(), core.address.port())) {
            plain.setSoTimeout(20_000);
            plain.getOutputStream().write("GET /mesh/cores HTTP/1.1\r\nhost: h\r\n\r\n".getBytes());
            byte[] answer = plain.getInputStream().readNBytes(4096);
            assertTrue(!new String(answer, StandardCharsets.ISO_8859_1).contains("HTTP"), "an answer in the clear");
        }
        assertEquals(200, get(dialer(ann), "/mesh/cores"));
    }

    @Test
    void aRevokedNodeIsOutAtOnce() throws IOException {
        FarEnd socket = client(bob);
        FarEnd worker = new FarEnd(dialer(edge), core.address, WorkerMessage.PATH);
        worker.link.send(
                new WorkerMessage.Hello(Message.PROTOCOL, info(edge.keys().id(), "tester"), TestMembers.key(edge)));
        worker.awaitFirst(WorkerMessage.Cores.class, any -> true);
        Dialer bobs = dialer(bob);
        assertEquals(200, get(bobs, "/mesh/cores"));
        FarEnd bystander = client(ann);
        try (Socket deaf = deafWebSocket(edge)) {
            core.revoke(bob.keys().id(), edge.keys().id());
            for (FarEnd revoked : List.of(socket, worker)) {
                revoked.awaitFirst(RevokedNodes.class, this::names);
                assertTrue(revoked.awaitClosed().endsWith("this node has been revoked"));
            }
            bystander.awaitFirst(RevokedNodes.class, this::names);
            // It does not answer the closing frame, and is hung up on all the same.
            deaf.setSoTimeout(5_000);
            deaf.getInputStream().readAllBytes();
        }
        assertThrows(CompletionException.class, () -> client(bob));
        Dialer again = dialer(bob);
        for (String path : List.of("/mesh/cores", "/blobs/" + "1".repeat(64), "/else")) {
            assertEquals(403, get(again, path));
        }
        assertEquals(200, get(again, "/revocations"), "it may know why");
        assertTrue(isOut(bobs));
        assertTrue(bystander.isOpen());
        assertEquals(200, get(dialer(ann), "/mesh/cores"));
    }

    /** Refused on the connection that was open, or hung up on. */
    private boolean isOut(Dialer dialer) {
        try {
            return get(dialer, "/mesh/cores") == 403;
        } catch (CompletionException hungUp) {
            return true;
        }
    }

    private boolean names(RevokedNodes news) {
        return RevocationList.parse(news.list())
                .nodes()
                .equals(Set.of(bob.keys().id(), edge.keys().id()));
    }

    @Test
    void aRevokedNodeHasFewConnectionsAndNotForLong() throws IOException {
        core.revoke(edge.keys().id());
        List<Socket> open = new ArrayList<>();
        try {
            for (int i = 0; i < Visitors.MOST_OF_REVOKED; i++) {
                open.add(shakenHands(edge));
            }
            try (Socket more = shakenHands(edge)) {
                assertThrows(IOException.class, () -> answerTo(more, "/revocations"));
            }
            for (Socket idle : open) {
                assertEquals(-1, idle.getInputStream().read(), "it is hung up on");
            }
            assertEquals(200, get(dialer(edge), "/revocations"));
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
    }

    private Socket shakenHands(Credentials who) throws IOException {
        SSLSocket socket = (SSLSocket) new GridTls(who)
                .context(GridTls.SERVERS)
                .getSocketFactory()
                .createSocket(core.address.host(), core.address.port());
        socket.setSoTimeout(20_000);
        socket.startHandshake();
        return socket;
    }

    private static String answerTo(Socket socket, String path) throws IOException {
        String request = "GET " + path + " HTTP/1.1\r\nhost: h\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        byte[] answer = socket.getInputStream().readNBytes(12);
        if (answer.length < 12) {
            throw new EOFException("hung up");
        }
        return new String(answer, StandardCharsets.US_ASCII);
    }

    private Socket deafWebSocket(Credentials who) throws IOException {
        Socket socket = new GridTls(who)
                .context(GridTls.SERVERS)
                .getSocketFactory()
                .createSocket(core.address.host(), core.address.port());
        socket.setSoTimeout(20_000);
        String upgrade =
                "GET " + WorkerMessage.PATH + " HTTP/1.1\r\nhost: h\r\nconnection: Upgrade\r\nupgrade: websocket\r\n"
                        + "sec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";
        socket.getOutputStream().write(upgrade.getBytes(StandardCharsets.US_ASCII));
        String answer = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
        assertEquals("HTTP/1.1 101", answer);
        return socket;
    }

    @Test
    void oneNodeHasSoManyConnections() throws IOException {
        List<Socket> open = new ArrayList<>();
        try {
            for (int i = 0; i < Visitors.MOST_OF_ONE; i++) {
                open.add(deafWebSocket(edge));
            }
            assertThrows(Throwable.class, () -> open.add(deafWebSocket(edge)));
            assertEquals(200, get(dialer(ann), "/mesh/cores"));
            open.remove(0).close();
            await().ignoreExceptions().until(() -> open.add(deafWebSocket(edge)));
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
    }

    @Test
    void whoCallsTooOftenIsToldSo() {
        FarEnd eager = client(ann);
        for (int i = 0; i < 6_000; i++) {
            eager.link.send(new Call(i, new Request.ListWorkers()));
        }
        Reply refused = eager.awaitFirst(Reply.class, reply -> reply.response() instanceof Response.Refused);
        assertEquals(
                new Response.Refused(ClientMessage.Refusal.TRY_AGAIN, "you call too often; wait a moment"),
                refused.response());
        assertEquals(
                0,
                ((Response.Jobs) call(client(bob), new Request.ListJobs()))
                        .jobs()
                        .size());
        await().until(() -> call(eager, new Request.ListJobs()) instanceof Response.Jobs);
    }
}
