package io.flockwork.worker;

import io.flockwork.sdk.blob.BlobStore;
import io.flockwork.sdk.identity.GridTls;
import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.WorkerInfo;
import io.flockwork.sdk.wire.BlobClient;
import io.flockwork.sdk.wire.Codec;
import io.flockwork.sdk.wire.Dialer;
import io.flockwork.worker.gateway.Gateway;
import io.flockwork.worker.lease.LeaseAgent;
import io.flockwork.worker.lease.LeaseSettings;
import io.flockwork.worker.master.JobBoard;
import io.flockwork.worker.master.JobTypes;
import io.flockwork.worker.master.MasterFactory;
import io.flockwork.worker.master.Masters;
import io.flockwork.worker.master.Submissions;
import io.flockwork.worker.mesh.JoinSettings;
import io.flockwork.worker.mesh.Mesh;
import io.flockwork.worker.mesh.MeshJoin;
import io.flockwork.worker.runtime.Runner;
import io.flockwork.worker.runtime.RunnerSettings;
import io.flockwork.worker.swarm.Swarm;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A core worker: its parts, wired in the order in which a unit meets them. */
final class Worker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

    private static final int FIRST_PORT = 7701;
    /** The gateway's port is this worker's alone, and so, mostly, is the one this far above it. */
    private static final int MESH_PORT_OFFSET = 100;

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private WorkerInfo self;
    private String grid;

    private Worker() {}

    /**
     * Joins the grid and starts to work for it.
     *
     * @throws IOException when that cannot be, with one sentence why; likewise MeshException and IllegalStateException
     */
    static Worker start(WorkerSettings settings) throws IOException, InterruptedException {
        Worker worker = new Worker();
        try {
            worker.wire(settings);
            return worker;
        } catch (IOException | InterruptedException | RuntimeException failed) {
            worker.close();
            throw failed;
        }
    }

    private void wire(WorkerSettings settings) throws IOException, InterruptedException {
        GridTls tls = settings.tls().orElseThrow(() -> new IllegalStateException("this worker has no credentials"));
        Clock clock = Clock.systemUTC();
        NodeFolder folder = part(NodeFolder.open(settings.dir()));
        String host = settings.host().isPresent()
                ? settings.host().get()
                : Ports.localAddressTowards(settings.coordinator().host());
        Ports ports = new Ports(host);
        Ports.Reserved gatewayPort = part(ports.reserve(settings.port(), folder.port("gateway"), FIRST_PORT));
        Ports.Reserved meshPort =
                part(ports.reserve(settings.meshPort(), folder.port("mesh"), gatewayPort.port() + MESH_PORT_OFFSET));
        folder.remember("gateway", gatewayPort.port());
        folder.remember("mesh", meshPort.port());
        self = describe(settings, tls.credentials().self().id(), host, gatewayPort.port(), meshPort.port(), clock);
        Runner runner =
                part(Runner.start(RunnerSettings.of(settings.slots(), settings.memoryBytes(), folder.runner())));

        meshPort.close();
        MeshJoin join =
                part(MeshJoin.join(new JoinSettings(settings.coordinator(), self, self.mesh(), folder.dir(), tls)));
        Mesh mesh = join.mesh();
        grid = join.grid();

        Dialer dialer = part(new Dialer());
        Codec codec = new Codec();
        BlobClient blobs = new BlobClient(dialer);
        Swarm swarm = new Swarm(
                BlobStore.open(folder.blobs()), folder.scratch(), self.gateway(), new MeshHolders(mesh), blobs);

        JobTypes types = JobTypes.installed();
        JobBoard board = new JobBoard(mesh, new Submissions(types, swarm, runner::inspect), clock);
        Masters masters = part(Masters.start(mesh, new MasterFactory(mesh, swarm, types, clock)));
        gatewayPort.close();
        part(Gateway.open(self.gateway(), grid, codec, board, masters, swarm));

        LeaseSettings lease = new LeaseSettings(self, self.gateway(), settings.saboteur());
        part(LeaseAgent.start(lease, runner, swarm, dialer, codec, blobs));
    }

    private static WorkerInfo describe(
            WorkerSettings settings, NodeId id, String host, int gateway, int mesh, Clock clock) {
        return new WorkerInfo(
                id,
                settings.name(),
                settings.name(),
                settings.site(),
                settings.slots(),
                settings.memoryBytes(),
                new Address(host, gateway),
                new Address(host, mesh),
                clock.millis());
    }

    WorkerInfo self() {
        return self;
    }

    String grid() {
        return grid;
    }

    private <T extends AutoCloseable> T part(T part) {
        parts.push(part);
        return part;
    }

    /** Stops the parts, the last one first. */
    @Override
    public void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception stubborn) {
                LOG.warn("a part of the worker did not stop well", stubborn);
            }
        }
    }
}
