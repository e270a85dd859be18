package io.flockwork.worker.credit;

import io.flockwork.sdk.client.CreditNews;
import io.flockwork.sdk.credit.CreditEntry;
import io.flockwork.sdk.credit.Grants;
import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.JobRecord;
import io.flockwork.sdk.model.NamedBlob;
import io.flockwork.sdk.model.Outcome;
import io.flockwork.sdk.model.WorkerInfo;
import io.flockwork.sdk.wire.ProofFile;
import io.flockwork.sdk.wire.WireException;
import io.flockwork.worker.mesh.Mesh;
import io.flockwork.worker.swarm.Swarm;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Thanks for jobs that have ended. The core that led a job does it; when that one is gone, the owner of the job's key. A core
 * writes only after all others have told what they have of its log: one that lost its disk would else begin it anew. Everything happens
 * on one thread of its own.
 */
public final class CreditClerk implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CreditClerk.class);
    private static final long ROUND_SECONDS = 3;

    private final Mesh mesh;
    private final CreditStore store;
    private final Proofs proofs;
    private final Predicate<Address> exchange;
    private final Clock clock;
    private final ScheduledExecutorService thread;
    /** Jobs that nobody is thanked for: their proofs say so. */
    private final Set<String> thankless = new HashSet<>();

    private boolean complete;

    /** Opens a proof. */
    @FunctionalInterface
    interface Proofs {
        InputStream open(NamedBlob proof) throws IOException;
    }

    /** @param exchange learns what a core has of the logs; false when it did not answer */
    CreditClerk(Mesh mesh, CreditStore store, Proofs proofs, Predicate<Address> exchange, Clock clock) {
        this.mesh = mesh;
        this.store = store;
        this.proofs = proofs;
        this.exchange = exchange;
        this.clock = clock;
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread made = new Thread(task, "credit");
            made.setDaemon(true);
            return made;
        });
    }

    /** Starts to thank, and to learn what other cores have. */
    public static CreditClerk start(Mesh mesh, CreditStore store, Swarm swarm, CreditNews news, Clock clock) {
        CreditExchange exchange = new CreditExchange(store, news);
        CreditClerk clerk = new CreditClerk(mesh, store, proof -> swarm.open(proof.blob()), exchange::learnFrom, clock);
        clerk.begin();
        return clerk;
    }

    private void begin() {
        mesh.listen(new Mesh.Listener() {
            @Override
            public void jobChanged(JobRecord job) {
                if (job.state().ended()) {
                    onThread(() -> consider(job));
                }
            }
        });
        thread.scheduleWithFixedDelay(logged(this::round), 0, ROUND_SECONDS, TimeUnit.SECONDS);
    }

    private void onThread(Runnable task) {
        try {
            thread.execute(logged(task));
        } catch (RejectedExecutionException closed) {
            LOG.debug("a job ended after the clerk had closed", closed);
        }
    }

    private static Runnable logged(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException bug) {
                LOG.error("a step of the credit clerk failed", bug);
            }
        };
    }

    /** Learns from every other core; then thanks for what nobody has thanked for. */
    void round() {
        boolean all = true;
        for (WorkerInfo core : mesh.cores()) {
            if (!core.id().equals(mesh.self())) {
                all &= exchange.test(core.gateway());
            }
        }
        complete |= all;
        mesh.jobs().stream().filter(job -> job.state().ended()).forEach(this::consider);
    }

    private void consider(JobRecord job) {
        Optional<NamedBlob> proof = job.outcome().flatMap(Outcome::proof);
        if (complete
                && proof.isPresent()
                && isForMe(job)
                && !thankless.contains(job.id().value())
                && !store.has(job.id())) {
            thank(job, proof.get());
        }
    }

    private boolean isForMe(JobRecord job) {
        boolean led = job.master().filter(mesh.self()::equals).isPresent();
        List<WorkerInfo> cores = mesh.cores();
        boolean leaderIsThere = job.master()
                .filter(master -> cores.stream().anyMatch(core -> core.id().equals(master)))
                .isPresent();
        return led || !leaderIsThere && mesh.owns(job.id());
    }

    private void thank(JobRecord job, NamedBlob proof) {
        Grants grants = new Grants();
        try (InputStream in = new BufferedInputStream(proofs.open(proof), 1 << 16)) {
            ProofFile.read(in, grants);
            List<CreditEntry> entries = grants.entries();
            if (entries.isEmpty()) {
                thankless.add(job.id().value());
            } else {
                store.append(entries, clock.millis());
                LOG.info("job {}: {} workers are thanked", job.id(), entries.size());
            }
        } catch (WireException strange) {
            thankless.add(job.id().value());
            LOG.warn("nobody is thanked for job {}: {}", job.id(), strange.getMessage());
        } catch (IOException later) {
            LOG.info("the workers of job {} will be thanked later: {}", job.id(), later.getMessage());
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
