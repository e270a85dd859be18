package io.flockwork.worker.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.blob.BlobHasher;
import io.flockwork.sdk.blob.Manifest;
import io.flockwork.sdk.identity.Credentials;
import io.flockwork.sdk.identity.GridTls;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.Assurance;
import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.Code;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.JobSpec;
import io.flockwork.sdk.model.JobState;
import io.flockwork.sdk.model.Limits;
import io.flockwork.sdk.model.Recipe;
import io.flockwork.sdk.model.VoteSeal;
import io.flockwork.sdk.model.WorkerInfo;
import io.flockwork.sdk.proof.VoteChain;
import io.flockwork.sdk.proof.VoteStatement;
import io.flockwork.sdk.wire.BlobClient;
import io.flockwork.sdk.wire.ClientMessage;
import io.flockwork.sdk.wire.ClientMessage.Call;
import io.flockwork.sdk.wire.ClientMessage.Reply;
import io.flockwork.sdk.wire.ClientMessage.Request;
import io.flockwork.sdk.wire.ClientMessage.Response;
import io.flockwork.sdk.wire.ClientMessage.Update;
import io.flockwork.sdk.wire.Dialer;
import io.flockwork.sdk.wire.Message;
import io.flockwork.sdk.wire.Outgoing;
import io.flockwork.sdk.wire.WorkerMessage;
import io.flockwork.sdk.wire.WorkerMessage.Answer;
import io.flockwork.sdk.wire.WorkerMessage.UnitReport;
import io.flockwork.worker.TestMembers;
import io.flockwork.worker.mesh.FakeMeshNetwork;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What strangers may do at a core's port: a real server on loopback, spoken to by the SDK and by worse. */
class GatewayTest {
    private static final Duration SHORT = Duration.ofSeconds(20);

    private final ExecutorService meshThread = Executors.newSingleThreadExecutor();
    private final FakeMeshNetwork network = new FakeMeshNetwork(meshThread);
    private final Random random = new Random(1);
    private final Credentials edge = TestMembers.credentials(Role.EDGE);
    private final Dialer workers = new Dialer(new GridTls(edge));
    private final Dialer submitters = new Dialer(new GridTls(TestMembers.SUBMITTER));
    private final Dialer cores = new Dialer(TestMembers.tls(Role.CORE));
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
        List.of(workers, submitters, cores).forEach(Dialer::close);
        meshThread.shutdownNow();
    }

    @Test
    void aWorkerSaysHelloFirstAndOnce() {
        FarEnd rude = worker();
        rude.link.send(new WorkerMessage.Ask(JobId.random(random), 1, 1, 0, 1));
        assertEquals(core.address + " closed the link: a worker says hello first", rude.awaitClosed());
        FarEnd repetitive = worker();
        repetitive.link.send(hello());
        repetitive.link.send(hello());
        assertTrue(repetitive.awaitClosed().endsWith("a worker says hello once"));
    }

    @Test
    void aWorkerHearsWhereTheCoresAreNowAndWheneverThatChanges() throws IOException {
        FarEnd worker = worker();
        worker.link.send(hello());
        worker.awaitFirst(WorkerMessage.Cores.class, cores -> cores.gateways().equals(List.of(core.address)));
        try (TestCore other = new TestCore(network, "coreb", folder)) {
            Set<Address> both = Set.of(core.address, other.address);
            worker.awaitFirst(WorkerMessage.Cores.class, cores -> Set.copyOf(cores.gateways())
                    .equals(both));
        }
    }

    @Test
    void aWorkerOfAnotherProtocolIsToldSo() {
        FarEnd old = worker();
        old.link.send(new WorkerMessage.Hello(Message.PROTOCOL + 1, info(), TestMembers.key(edge)));
        assertEquals(
                "this core speaks protocol " + Message.PROTOCOL + ", not " + (Message.PROTOCOL + 1),
                old.awaitFirst(WorkerMessage.Refused.class, any -> true).message());
        old.awaitClosed();
    }

    @Test
    void anEdgeWorkerThatCallsItselfACoreIsRefused() {
        FarEnd worker = worker();
        worker.link.send(
                new WorkerMessage.Hello(Message.PROTOCOL, info(new Address("127.0.0.1", 9)), TestMembers.key(edge)));
        assertTrue(worker.awaitClosed().endsWith("a worker speaks for itself only"));
    }

    @Test
    void messagesOfTheWrongKindCloseTheirSocket() {
        FarEnd client = client();
        client.link.send(hello());
        assertTrue(client.awaitClosed().endsWith("a submitter sends calls"));
        FarEnd worker = worker();
        worker.link.send(hello());
        worker.link.send(new WorkerMessage.NotLed(JobId.random(random)));
        assertTrue(worker.awaitClosed().endsWith("a worker does not send this"));
    }

    @Test
    void malformedFramesCloseTheirSocketAndNothingElse() {
        FarEnd bystander = client();
        for (byte[] nonsense : List.of(new byte[0], new byte[] {1, 2, 3}, randomBytes(10_000))) {
            Raw raw = new Raw(core.address, WorkerMessage.PATH);
            raw.socket.sendBinary(ByteBuffer.wrap(nonsense), true);
            assertEquals(1002, raw.closed.orTimeout(20, TimeUnit.SECONDS).join());
        }
        Raw talker = new Raw(core.address, ClientMessage.PATH);
        talker.socket.sendText("hello", true);
        assertEquals(1002, talker.closed.orTimeout(20, TimeUnit.SECONDS).join());
        assertTrue(jobs(bystander).jobs().isEmpty());
        assertTrue(bystander.isOpen());
    }

    @Test
    void aMessageBeyondTheLimitIsNotCollected() {
        Raw raw = new Raw(core.address, ClientMessage.PATH);
        ByteBuffer part = ByteBuffer.allocate(1 << 20);
        CompletionStage<WebSocket> sent = CompletableFuture.completedStage(raw.socket);
        for (int i = 0; i < 18; i++) {
            sent = sent.thenCompose(socket -> socket.sendBinary(part.duplicate(), false));
        }
        raw.closed.orTimeout(20, TimeUnit.SECONDS).join();
        assertTrue(jobs(client()).jobs().isEmpty());
    }

    @Test
    void thereIsNothingElseToTalkTo() {
        assertThrows(CompletionException.class, () -> new Raw(core.address, "/elsewhere"));
    }

    @Test
    void oversizeBodiesAreRefused() {
        byte[] body = new byte[Manifest.PIECE_BYTES + 1];
        BlobId id = new BlobId("1".repeat(64));
        assertEquals(413, put("/pieces/" + id, body));
        Dialer.Answer refused = cores.put(core.address, "/copies/" + id, new byte[2000], 4096, SHORT)
                .join();
        assertEquals(413, refused.status());
        assertTrue(new String(refused.body(), StandardCharsets.UTF_8).contains("the request's body is too long"));
        assertEquals(400, put("/pieces/" + id, new byte[10]), "other bytes than the id says");
        assertEquals(400, put("/pieces/nonsense", new byte[10]));
        assertEquals(400, put("/blobs/" + id, new byte[10]));
        assertEquals(400, put("/copies/" + id, "10.0.0.1:80".getBytes(StandardCharsets.UTF_8)), "no core of the grid");
        assertEquals(404, get("/blobs/" + id));
        assertEquals(404, get("/blobs/" + id + "/pieces/0"));
    }

    @Test
    void refusalsAreSentencesForThePersonWhoSubmits() {
        FarEnd client = client();
        Response.Refused unknown = (Response.Refused) call(client, new Request.Look(JobId.random(random)));
        assertEquals(ClientMessage.Refusal.NOT_FOUND, unknown.why());
        JobSpec spec = new JobSpec(
                "x",
                new Code.Java("juggle", Map.of()),
                new Recipe.Range(0, 9),
                "",
                new Assurance.Quorum(1),
                Limits.DEFAULT,
                10);
        Response.Refused refused = (Response.Refused) submit(client, JobId.random(random), spec);
        assertEquals(ClientMessage.Refusal.BAD_REQUEST, refused.why());
        assertTrue(refused.message().startsWith("there is no job type 'juggle'; there are "), refused.message());
    }

    @Test
    void aJobGoesFromItsSubmitterThroughAWorkerAndBack() {
        FarEnd client = client();
        FarEnd worker = worker();
        worker.link.send(hello());
        JobId job = JobId.random(random);
        JobSpec spec = new JobSpec(
                "count",
                new Code.Java("primes", Map.of("from", "0", "to", "1")),
                new Recipe.Own(),
                "sum",
                new Assurance.Quorum(1),
                Limits.DEFAULT,
                10);
        submit(client, job, spec);
        call(client, new Request.Watch(job));
        worker.awaitFirst(
                WorkerMessage.Directory.class, directory -> !directory.jobs().isEmpty());
        worker.link.send(new WorkerMessage.Ask(job, 1, 1, 0, 10));
        WorkerMessage.Leases leases = worker.awaitFirst(WorkerMessage.Leases.class, any -> true);
        List<UnitReport> reports = leases.units().stream()
                .map(unit -> new UnitReport(unit.unit(), new Answer.Inline(new byte[] {'1'}, new byte[0], 10)))
                .toList();
        List<VoteStatement> votes = reports.stream()
                .map(report -> report.vote(new BlobHasher()).orElseThrow())
                .toList();
        VoteSeal seal = new VoteChain(edge, job, random).seal(votes);
        worker.link.send(new WorkerMessage.Report(job, reports, Optional.of(seal)));
        Update update = client.awaitFirst(
                Update.class, said -> said.status().record().state().ended());
        assertEquals(JobState.DONE, update.status().record().state());
        assertEquals(
                1,
                update.status()
                                .record()
                                .outcome()
                                .orElseThrow()
                                .combined()
                                .orElseThrow()
                                .size()
                        - 1);
    }

    @Test
    void aVoteThatIsNotSignedIsRefusedAndDoesNotCount() {
        FarEnd client = client();
        FarEnd worker = worker();
        worker.link.send(hello());
        JobId job = JobId.random(random);
        JobSpec spec = new JobSpec(
                "count",
                new Code.Java("primes", Map.of("from", "0", "to", "1")),
                new Recipe.Own(),
                "sum",
                new Assurance.Quorum(1),
                Limits.DEFAULT,
                10);
        submit(client, job, spec);
        worker.awaitFirst(
                WorkerMessage.Directory.class, directory -> !directory.jobs().isEmpty());
        worker.link.send(new WorkerMessage.Ask(job, 1, 1, 0, 10));
        WorkerMessage.Leases leases = worker.awaitFirst(WorkerMessage.Leases.class, any -> true);
        UnitReport report =
                new UnitReport(leases.units().get(0).unit(), new Answer.Inline(new byte[] {'1'}, new byte[0], 10));
        Credentials other = TestMembers.credentials(Role.EDGE);
        VoteSeal foreign = new VoteChain(other, job, random)
                .seal(List.of(report.vote(new BlobHasher()).orElseThrow()));
        worker.link.send(new WorkerMessage.Report(job, List.of(report), Optional.of(foreign)));
        assertEquals(
                "the report is not what its worker has signed",
                worker.awaitFirst(WorkerMessage.Refused.class, any -> true).message());
        worker.awaitClosed();
        Response.Job status = (Response.Job) call(client, new Request.Look(job));
        assertFalse(status.status().record().state().ended());
    }

    @Test
    void aWorkerSaysTheKeyThatItIsNamedAfter() {
        FarEnd worker = worker();
        String another = TestMembers.key(TestMembers.credentials(Role.EDGE));
        worker.link.send(new WorkerMessage.Hello(Message.PROTOCOL, info(), another));
        assertTrue(worker.awaitClosed().endsWith("the key that signs votes is not the worker's"));
    }

    @Test
    void whatIsUploadedToOneCoreIsOnTwoAndManyUploadsAtOnceDoNotWaitForEachOther() throws IOException {
        try (TestCore other = new TestCore(network, "coreb", folder)) {
            BlobClient blobs = new BlobClient(submitters);
            List<Manifest> manifests = new ArrayList<>();
            List<CompletableFuture<Void>> uploads = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                byte[] bytes = randomBytes(1000 + i);
                Manifest manifest = Manifest.of(bytes);
                manifests.add(manifest);
                Address first = i % 2 == 0 ? core.address : other.address;
                uploads.add(blobs.upload(first, List.of(new Outgoing(manifest, index -> bytes))));
            }
            uploads.forEach(upload -> upload.orTimeout(30, TimeUnit.SECONDS).join());
            for (Manifest manifest : manifests) {
                assertTrue(core.swarm.size(manifest.id()).isPresent());
                assertTrue(other.swarm.size(manifest.id()).isPresent());
            }
        }
    }

    private Response.Jobs jobs(FarEnd client) {
        return (Response.Jobs) call(client, new Request.ListJobs());
    }

    private Response call(FarEnd client, Request request) {
        long number = random.nextLong();
        client.link.send(new Call(number, request));
        return client.awaitFirst(Reply.class, reply -> reply.call() == number).response();
    }

    private Response submit(FarEnd client, JobId job, JobSpec spec) {
        return call(client, new Request.Submit(job, spec, TestMembers.seal(job, spec)));
    }

    private FarEnd client() {
        return new FarEnd(submitters, core.address, ClientMessage.PATH);
    }

    private FarEnd worker() {
        return new FarEnd(workers, core.address, WorkerMessage.PATH);
    }

    private WorkerMessage hello() {
        return new WorkerMessage.Hello(Message.PROTOCOL, info(), TestMembers.key(edge));
    }

    private WorkerInfo info() {
        return info(WorkerInfo.NOWHERE);
    }

    private WorkerInfo info(Address gateway) {
        return new WorkerInfo(edge.keys().id(), "worker", "tester", "", 2, 1 << 30, gateway, gateway, 1);
    }

    private byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private int put(String path, byte[] body) {
        return cores.put(core.address, path, body, 4096, SHORT).join().status();
    }

    private int get(String path) {
        return cores.get(core.address, path, 4096, SHORT).join().status();
    }

    /** A socket that keeps no rules. */
    private static final class Raw implements WebSocket.Listener {
        final CompletableFuture<Integer> closed = new CompletableFuture<>();
        final WebSocket socket;

        Raw(Address core, String path) {
            socket = HttpClient.newBuilder()
                    .sslContext(TestMembers.tls(path.equals(ClientMessage.PATH) ? Role.SUBMIT : Role.EDGE)
                            .context(GridTls.SERVERS))
                    .build()
                    .newWebSocketBuilder()
                    .buildAsync(URI.create("wss://" + core + path), this)
                    .join();
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            closed.complete(code);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            closed.complete(-1);
        }
    }
}
