package io.flockwork.worker;

import io.flockwork.sdk.client.Cores;
import io.flockwork.sdk.client.GridException;
import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.WorkerInfo;
import io.flockwork.sdk.wire.Dialer;
import io.flockwork.worker.lease.AgentStatus;
import io.flockwork.worker.lease.CoreBook;
import io.flockwork.worker.lease.Homes;
import io.flockwork.worker.swarm.Holders;
import io.flockwork.worker.swarm.Storage;
import io.flockwork.worker.swarm.Swarm;
import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** At the edge: dials out only, and knows of the mesh no more than where its cores listen. */
final class EdgePlace implements Place, CoreBook {
    private static final Logger LOG = LoggerFactory.getLogger(EdgePlace.class);
    private static final long ASK_AGAIN_MILLIS = 300;
    /** A worker that has never been in this grid does not ask for ever: the address may be wrong. */
    private static final int TRIES_WITHOUT_MEMORY = 100;

    /** What a unit has just read the next one probably reads too; and a result has reached its master by then. */
    private static final Duration KEPT = Duration.ofHours(1);

    private final WorkerInfo self;
    private final Cores cores;
    private final Homes homes;
    private final Clock clock;

    private EdgePlace(WorkerInfo self, Cores cores, RandomGenerator random, Clock clock) {
        this.clock = clock;
        this.self = self;
        this.cores = cores;
        this.homes = Homes.among(cores.live(), random);
    }

    /**
     * Asks the coordinator, or else the cores remembered, where the cores are now. Blocks until somebody answers: a machine
     * that wakes before its network is patient.
     *
     * @throws IOException with one sentence when nobody does and this worker knows no core from before
     */
    static EdgePlace find(WorkerSettings settings, Member member, NodeFolder folder, Dialer dialer, Clock clock)
            throws IOException, InterruptedException {
        RandomGenerator random = new SecureRandom();
        Cores cores =
                Cores.remembered(dialer, member.tls().revocations(), member.coordinator(), folder.gateways(), random);
        ask(cores, member, Files.exists(folder.gateways()));
        return new EdgePlace(
                WorkerDescription.of(settings, member.self(), WorkerInfo.NOWHERE, WorkerInfo.NOWHERE, clock),
                cores,
                random,
                clock);
    }

    private static void ask(Cores cores, Member member, boolean patient) throws IOException, InterruptedException {
        for (int tried = 1; ; tried++) {
            try {
                cores.find();
                return;
            } catch (GridException nobody) {
                member.requireNotRevoked();
                if (!patient && tried >= TRIES_WITHOUT_MEMORY) {
                    throw new IOException(nobody.getMessage(), nobody);
                }
                if (tried == 1) {
                    LOG.info("{}; asking again", nobody.getMessage());
                }
                Thread.sleep(ASK_AGAIN_MILLIS);
            }
        }
    }

    @Override
    public WorkerInfo self() {
        return self;
    }

    @Override
    public Holders holders() {
        return new CoreHolders(homes::inOrder);
    }

    @Override
    public Optional<String> complaint(AgentStatus status) {
        if (status.paused()) {
            return Optional.of("this worker is paused");
        }
        return status.homeReached() ? Optional.empty() : Optional.of("this worker has no connection to a core");
    }

    /** Inputs are fetched again when they are wanted again. */
    @Override
    public Storage.Needs needs(Swarm swarm) {
        return () -> new Storage.Needed(Set.of(), clock.millis() - KEPT.toMillis());
    }

    @Override
    public Homes homes() {
        return homes;
    }

    @Override
    public CoreBook book() {
        return this;
    }

    @Override
    public void learn(List<Address> told) {
        cores.learn(told);
    }

    @Override
    public List<Address> askAround() {
        try {
            cores.find();
            return cores.live();
        } catch (GridException nobody) {
            LOG.debug("nobody tells which cores there are: {}", nobody.getMessage());
            return List.of();
        }
    }

    /** The cores tell an edge worker what to compute, and not for what. */
    @Override
    public Optional<String> nameOf(JobId job) {
        return Optional.empty();
    }
}
