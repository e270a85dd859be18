package io.flockwork.worker;

import io.flockwork.sdk.client.Cores;
import io.flockwork.sdk.client.CreditNews;
import io.flockwork.sdk.identity.GridTls;
import io.flockwork.sdk.identity.MemberCheck;
import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.WorkerInfo;
import io.flockwork.sdk.wire.Codec;
import io.flockwork.sdk.wire.Dialer;
import io.flockwork.worker.api.Api;
import io.flockwork.worker.credit.CreditClerk;
import io.flockwork.worker.credit.CreditStore;
import io.flockwork.worker.gateway.Gateway;
import io.flockwork.worker.gateway.MonitorRoutes;
import io.flockwork.worker.lease.AgentStatus;
import io.flockwork.worker.lease.CoreBook;
import io.flockwork.worker.lease.Homes;
import io.flockwork.worker.master.BlobNeeds;
import io.flockwork.worker.master.ConductBook;
import io.flockwork.worker.master.JobBoard;
import io.flockwork.worker.master.JobTypes;
import io.flockwork.worker.master.MasterFactory;
import io.flockwork.worker.master.Masters;
import io.flockwork.worker.master.SpecCheck;
import io.flockwork.worker.master.Submissions;
import io.flockwork.worker.mesh.JoinSettings;
import io.flockwork.worker.mesh.Mesh;
import io.flockwork.worker.mesh.MeshJoin;
import io.flockwork.worker.metrics.CoreMeters;
import io.flockwork.worker.metrics.NodeMeters;
import io.flockwork.worker.runtime.Runner;
import io.flockwork.worker.swarm.Holders;
import io.flockwork.worker.swarm.Storage;
import io.flockwork.worker.swarm.Swarm;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** In the mesh: what a core does beside computing. It leads jobs, keeps their progress, and answers at its gateway. */
final class CorePlace implements Place {
    private static final Logger LOG = LoggerFactory.getLogger(CorePlace.class);

    private static final int FIRST_PORT = 7701;
    /** The gateway's port is this worker's alone, and so, mostly, is the one this far above it. */
    private static final int MESH_PORT_OFFSET = 100;

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final GridTls tls;
    private final Dialer dialer;
    private final CreditStore credit;
    private final Clock clock;
    private final List<Path> jars;
    private final NodeFolder folder;
    private boolean isOpen;
    private Address coordinator;
    private final NodeMeters meters;
    private Ports.Reserved gatewayPort;
    private WorkerInfo self;
    private Cores others;
    private MeshJoin join;
    private JobBoard board;
    private volatile boolean serving;

    private CorePlace(
            GridTls tls,
            Dialer dialer,
            CreditStore credit,
            Clock clock,
            List<Path> jars,
            NodeFolder folder,
            NodeMeters meters) {
        this.meters = meters;
        this.folder = folder;
        this.dialer = dialer;
        this.credit = credit;
        this.jars = jars;
        this.tls = tls;
        this.clock = clock;
    }

    /**
     * Joins the mesh.
     *
     * @throws IOException when that cannot be, with one sentence why; likewise MeshException
     */
    static CorePlace join(
            WorkerSettings settings,
            List<Path> jars,
            Member member,
            NodeFolder folder,
            Dialer dialer,
            Clock clock,
            NodeMeters meters)
            throws IOException, InterruptedException {
        CreditStore credit = CreditStore.open(folder.credit(), member.tls().credentials());
        CorePlace core = new CorePlace(member.tls(), dialer, credit, clock, jars, folder, meters);
        try {
            core.enter(settings, member);
            return core;
        } catch (IOException | InterruptedException | RuntimeException failed) {
            core.close();
            throw failed;
        }
    }

    private void enter(WorkerSettings settings, Member member) throws IOException, InterruptedException {
        isOpen = settings.isOpen();
        coordinator = member.coordinator();
        String host = settings.host().isPresent()
                ? settings.host().get()
                : Ports.localAddressTowards(member.coordinator().host());
        gatewayPort =
                part(new Ports(host, MESH_PORT_OFFSET).reserve(settings.port(), folder.port("gateway"), FIRST_PORT));
        Ports.Reserved meshPort = part(new Ports(host)
                .reserve(settings.meshPort(), folder.port("mesh"), gatewayPort.port() + MESH_PORT_OFFSET));
        folder.remember("gateway", gatewayPort.port());
        folder.remember("mesh", meshPort.port());
        self = WorkerDescription.of(
                settings,
                member.self(),
                new Address(host, gatewayPort.port()),
                new Address(host, meshPort.port()),
                clock);

        others = Cores.remembered(
                dialer, tls.revocations(), member.coordinator(), folder.gateways(), new SecureRandom());
        meshPort.close();
        join = part(MeshJoin.join(
                new JoinSettings(member.coordinator(), self, self.mesh(), folder.dir(), member.tls(), dialer)));
    }

    @Override
    public void serve(Codec codec, Runner runner, Swarm swarm, Storage storage) throws IOException {
        Mesh mesh = join.mesh();
        JobTypes types = JobTypes.installed(jars);
        MemberCheck members = new MemberCheck(tls.credentials().authority());
        board = new JobBoard(
                mesh, new Submissions(new SpecCheck(types, swarm, runner::inspect), members, tls.revocations()), clock);
        CoreMeters counts = CoreMeters.of(meters, mesh, swarm);
        Masters masters = part(Masters.start(mesh, new MasterFactory(mesh, swarm, types, clock, members, counts)));
        part(ConductBook.open(folder.conducts(), mesh, codec));
        closeQuietly(gatewayPort);
        MonitorRoutes monitoring = new MonitorRoutes(meters, counts);
        Api.Parts parts =
                new Api.Parts(tls, self, coordinator, board, masters, swarm, storage, credit, dialer, clock, isOpen);
        Gateway gateway = part(Gateway.open(self.gateway(), codec, parts, monitoring));
        counts.sockets(gateway::sockets);
        serving = true;
        part(CreditClerk.start(mesh, credit, swarm, new CreditNews(dialer), clock));
    }

    @Override
    public Optional<String> complaint(AgentStatus status) {
        if (!serving) {
            return Optional.of("this core's gateway is not open");
        }
        boolean member = join.mesh().cores().stream().anyMatch(core -> core.id().equals(self.id()));
        return member ? Optional.empty() : Optional.of("this core is not in the mesh");
    }

    @Override
    public WorkerInfo self() {
        return self;
    }

    @Override
    public Holders holders() {
        return new MeshHolders(join.mesh());
    }

    @Override
    public Storage.Needs needs(Swarm swarm) {
        return new BlobNeeds(join.mesh(), swarm, clock);
    }

    @Override
    public List<Runnable> chores() {
        return List.of(board::forgetOld);
    }

    /** A core hears from itself what there is to do. */
    @Override
    public Homes homes() {
        return Homes.own(self.gateway());
    }

    /** Of the others' gateways, where a core hears of revocations when the coordinator is away: its own, for one. */
    @Override
    public CoreBook book() {
        return new CoreBook() {
            @Override
            public void learn(List<Address> cores) {
                others.learn(cores.stream()
                        .filter(core -> !core.equals(self.gateway()))
                        .toList());
            }

            @Override
            public List<Address> askAround() {
                others.refresh();
                return List.of();
            }
        };
    }

    @Override
    public Optional<String> nameOf(JobId job) {
        return join.mesh().job(job).map(record -> record.spec().name());
    }

    private <T extends AutoCloseable> T part(T part) {
        parts.push(part);
        return part;
    }

    /** Stops the parts, the last one first. */
    @Override
    public void close() {
        serving = false;
        while (!parts.isEmpty()) {
            closeQuietly(parts.pop());
        }
    }

    private static void closeQuietly(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception stubborn) {
            LOG.warn("a part of the worker did not stop well", stubborn);
        }
    }
}
