package io.flockwork.worker;

import io.flockwork.sdk.blob.BlobStore;
import io.flockwork.sdk.model.WorkerInfo;
import io.flockwork.sdk.monitor.MonitorServer;
import io.flockwork.sdk.wire.BlobClient;
import io.flockwork.sdk.wire.Codec;
import io.flockwork.sdk.wire.Dialer;
import io.flockwork.worker.control.ControlServer;
import io.flockwork.worker.lease.AgentStatus;
import io.flockwork.worker.lease.LeaseAgent;
import io.flockwork.worker.lease.LeaseSettings;
import io.flockwork.worker.lease.ReportLog;
import io.flockwork.worker.lease.UnitListener;
import io.flockwork.worker.metrics.NodeMeters;
import io.flockwork.worker.runtime.Runner;
import io.flockwork.worker.runtime.RunnerSettings;
import io.flockwork.worker.swarm.Storage;
import io.flockwork.worker.swarm.Swarm;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker: its parts, wired in the order in which a unit meets them. All workers compute in the same way; what a core is
 * beyond that is its {@link Place} in the grid.
 */
final class Worker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

    private static final Duration RUNNER_RESTS_AFTER = Duration.ofMinutes(3);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final CountDownLatch revoked = new CountDownLatch(1);
    private Member member;
    private volatile Place place;

    private Worker() {}

    /**
     * Joins the grid and starts to work for it.
     *
     * @throws RevokedException when it may not work for it any more
     * @throws IOException when that cannot be, with one sentence why; likewise MeshException and IllegalStateException
     */
    static Worker start(WorkerSettings settings) throws IOException, InterruptedException {
        Worker worker = new Worker();
        try {
            worker.wire(settings);
            return worker;
        } catch (IOException | InterruptedException | RuntimeException failed) {
            worker.close();
            if (worker.member != null) {
                worker.member.requireNotRevoked();
            }
            throw failed;
        }
    }

    private void wire(WorkerSettings given) throws IOException, InterruptedException {
        Clock clock = Clock.systemUTC();
        NodeFolder folder = part(NodeFolder.open(given.dir()));
        WorkerSettings settings = given.remembering(folder.labels());
        member = part(Member.of(settings, folder));
        member.tls().revocations().listen(this::heardOfRevoked);
        Dialer dialer = part(new Dialer(member.tls()));
        Codec codec = new Codec();
        BlobClient blobs = new BlobClient(dialer);
        List<Path> jars = settings.jars().copiedTo(folder.jars());
        Runner runner = part(startRunner(settings, jars, member, folder));
        LocalAgent local = new LocalAgent(runner, member.coordinator());
        Optional<NodeMeters> meters = watched(settings, runner, local);
        part(ControlServer.start(
                folder.dir(),
                WorkerDescription.of(settings, member.self(), WorkerInfo.NOWHERE, WorkerInfo.NOWHERE, clock),
                member.grid(),
                member.self().role(),
                local));

        place = part(
                member.isCore()
                        ? CorePlace.join(settings, jars, member, folder, dialer, clock, meters.orElseThrow())
                        : EdgePlace.find(settings, member, folder, dialer, clock));
        WorkerInfo self = place.self();
        Swarm swarm =
                new Swarm(BlobStore.open(folder.blobs()), folder.scratch(), self.gateway(), place.holders(), blobs);
        Storage storage = new Storage(swarm, settings.storage(swarm.store().bytes()), place.needs(swarm), clock);
        if (meters.isPresent()) {
            meters.get().add(swarm, storage);
        }
        place.serve(codec, runner, swarm, storage);
        part(Housekeeping.of(
                Stream.concat(Stream.of(storage::tidy), place.chores().stream()).toList()));
        runner.protection().thenAccept(LOG::info);

        ReportLog reports = part(ReportLog.open(folder.reports(), codec));
        LeaseSettings lease = new LeaseSettings(
                self,
                member.tls().credentials(),
                member.tls().revocations(),
                settings.dishonesty(),
                meters.isPresent() ? meters.get().units() : UnitListener.NONE);
        LeaseAgent agent = part(
                LeaseAgent.start(lease, place.homes(), place.book(), reports, runner, swarm, dialer, codec, blobs));
        member.tls().revocations().listen(agent::redial);
        local.begin(agent, place);
    }

    /**
     * A core is watched at its gateway too; an edge worker only where its user wants that. Until then it loads nothing for it, which
     * is why nothing here is written with lambdas of these classes.
     */
    private Optional<NodeMeters> watched(WorkerSettings settings, Runner runner, LocalAgent local) throws IOException {
        if (!member.isCore() && settings.metrics().isEmpty()) {
            return Optional.empty();
        }
        NodeMeters meters = part(
                NodeMeters.of(member.self().role().word(), settings.slots(), runner, local::status, this::complaint));
        if (settings.metrics().isPresent()) {
            part(MonitorServer.open(settings.metrics().get(), meters));
        }
        return Optional.of(meters);
    }

    private Optional<String> complaint(AgentStatus status) {
        if (member.tls().isRevoked()) {
            return Optional.of("this node has been revoked");
        }
        Place now = place;
        return now == null ? Optional.of("this worker is looking for its grid") : now.complaint(status);
    }

    /** A core has one ready, for it looks modules over too; an idle edge worker is to be one small process. */
    private static Runner startRunner(WorkerSettings settings, List<Path> jars, Member member, NodeFolder folder)
            throws IOException {
        RunnerSettings runner = RunnerSettings.of(settings.slots(), settings.memoryBytes(), folder.runner())
                .with(settings.sandbox())
                .with(jars);
        boolean givesWay = settings.givesWay().orElse(!member.isCore());
        RunnerSettings fitting = givesWay ? runner.givingWay() : runner;
        return member.isCore() ? Runner.start(fitting) : Runner.onDemand(fitting, RUNNER_RESTS_AFTER);
    }

    private void heardOfRevoked() {
        if (member.tls().isRevoked()) {
            revoked.countDown();
        }
    }

    /** Works until it hears that it has been revoked; stops then, and throws so. Blocks. */
    void untilRevoked() throws RevokedException, InterruptedException {
        revoked.await();
        close();
        member.requireNotRevoked();
    }

    WorkerInfo self() {
        return place.self();
    }

    String grid() {
        return member.grid();
    }

    private <T extends AutoCloseable> T part(T part) {
        parts.push(part);
        return part;
    }

    /** Stops the parts, the last one first. */
    @Override
    public synchronized void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception stubborn) {
                LOG.warn("a part of the worker did not stop well", stubborn);
            }
        }
    }
}
