package io.flockwork.worker.gateway;

import static org.awaitility.Awaitility.await;

import io.flockwork.sdk.blob.BlobStore;
import io.flockwork.sdk.identity.GridTls;
import io.flockwork.sdk.identity.RevocationList;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.Conduct;
import io.flockwork.sdk.model.Judgement;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.Reputation;
import io.flockwork.sdk.model.WorkerInfo;
import io.flockwork.sdk.monitor.Answer;
import io.flockwork.sdk.wire.BlobClient;
import io.flockwork.sdk.wire.Codec;
import io.flockwork.sdk.wire.Dialer;
import io.flockwork.worker.TestMembers;
import io.flockwork.worker.api.Api;
import io.flockwork.worker.credit.CreditStore;
import io.flockwork.worker.master.BlobNeeds;
import io.flockwork.worker.master.JobBoard;
import io.flockwork.worker.master.JobEvents;
import io.flockwork.worker.master.JobTypes;
import io.flockwork.worker.master.MasterFactory;
import io.flockwork.worker.master.Masters;
import io.flockwork.worker.master.SpecCheck;
import io.flockwork.worker.master.Submissions;
import io.flockwork.worker.mesh.FakeMesh;
import io.flockwork.worker.mesh.FakeMeshNetwork;
import io.flockwork.worker.swarm.Holders;
import io.flockwork.worker.swarm.Storage;
import io.flockwork.worker.swarm.Swarm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A core with a real gateway on loopback, real masters and a real swarm, on a mesh in memory. */
public final class TestCore implements AutoCloseable {
    public final Address address;
    /** What the core's API stands on. */
    public final Api.Parts parts;

    public final Swarm swarm;
    public final FakeMesh mesh;
    private final GridTls tls = TestMembers.tls(Role.CORE);
    private final Dialer dialer = new Dialer(tls);
    final CreditStore credit;
    /** The status of each answer to a request over HTTP. */
    final Queue<Integer> answers = new ConcurrentLinkedQueue<>();

    private final Masters masters;
    private final Gateway gateway;

    public TestCore(FakeMeshNetwork network, String name, Path folder) throws IOException {
        this(network, name, folder, 1L << 40);
    }

    TestCore(FakeMeshNetwork network, String name, Path folder, long storageBytes) throws IOException {
        this(network, name, folder, storageBytes, false);
    }

    /** One at which anybody may look at the grid. */
    public static TestCore openToAll(FakeMeshNetwork network, String name, Path folder) throws IOException {
        return new TestCore(network, name, folder, 1L << 40, true);
    }

    private TestCore(FakeMeshNetwork network, String name, Path folder, long storageBytes, boolean isOpen)
            throws IOException {
        address = freeAddress();
        WorkerInfo self = new WorkerInfo(
                tls.credentials().keys().id(), name, "tester", "", 2, 1 << 30, address, new Address("mesh", 1), 1);
        mesh = network.join(self);
        BlobClient blobs = new BlobClient(dialer);
        swarm = new Swarm(
                BlobStore.open(folder.resolve(name)), folder.resolve(name + ".tmp"), address, new Others(), blobs);
        JobTypes types = JobTypes.installed(List.of());
        Submissions submissions = new Submissions(
                new SpecCheck(types, swarm, (module, metered) -> CompletableFuture.completedStage(Optional.empty())),
                TestMembers.CHECK,
                tls.revocations());
        JobBoard board = new JobBoard(mesh, submissions, Clock.systemUTC());
        masters = Masters.start(
                mesh, new MasterFactory(mesh, swarm, types, Clock.systemUTC(), TestMembers.CHECK, JobEvents.NONE));
        credit = CreditStore.open(folder.resolve(name + ".credit"), tls.credentials());
        Storage storage =
                new Storage(swarm, storageBytes, new BlobNeeds(mesh, swarm, Clock.systemUTC()), Clock.systemUTC());
        MonitorRoutes monitoring = new MonitorRoutes(
                page -> CompletableFuture.completedStage(new Answer(200, "text/plain", page.path())), answers::add);
        parts = new Api.Parts(
                tls,
                self,
                new Address("127.0.0.1", 1),
                board,
                masters,
                swarm,
                storage,
                credit,
                dialer,
                Clock.systemUTC(),
                isOpen);
        gateway = Gateway.open(address, new Codec(), parts, monitoring);
    }

    /** The grid has caught this worker with a wrong answer. */
    public void strike(NodeId worker) {
        Reputation caught = Reputation.of(worker, false).struck(true, 1);
        judge(worker, new Judgement.Seen(caught, 0, List.of()));
    }

    /** As a master says it; returns when this core has heard of it, which is later than the mesh knows it. */
    public void judge(NodeId worker, Judgement judgement) {
        Conduct now = mesh.judge(worker, judgement).toCompletableFuture().join();
        await().until(() -> mesh.conduct(worker).equals(Optional.of(now)));
    }

    /** Whom it lets in no more. */
    public void revoke(NodeId... nodes) {
        long next = tls.revocations().newest().map(RevocationList::version).orElse(0L) + 1;
        tls.revocations().learn(TestMembers.AUTHORITY.revoke(next, List.of(nodes)));
    }

    static Address freeAddress() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new Address("127.0.0.1", socket.getLocalPort());
        }
    }

    @Override
    public void close() {
        gateway.close();
        masters.close();
        dialer.close();
    }

    /** All other cores, as the mesh names them. */
    private final class Others implements Holders {
        @Override
        public CompletionStage<List<Address>> of(BlobId blob) {
            return mesh.holders(blob).thenApply(holders -> mesh.cores().stream()
                    .filter(core -> !core.id().equals(mesh.self()) && holders.contains(core.id()))
                    .map(WorkerInfo::gateway)
                    .toList());
        }

        @Override
        public CompletionStage<Void> announce(Collection<BlobId> blobs) {
            return mesh.hold(blobs);
        }

        @Override
        public List<Address> spares() {
            return mesh.cores().stream()
                    .filter(core -> !core.id().equals(mesh.self()))
                    .map(WorkerInfo::gateway)
                    .toList();
        }
    }
}
