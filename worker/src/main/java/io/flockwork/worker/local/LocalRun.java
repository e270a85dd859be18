package io.flockwork.worker.local;

import io.flockwork.sdk.cli.ProgressDisplay;
import io.flockwork.sdk.client.Draft;
import io.flockwork.sdk.client.GridException;
import io.flockwork.sdk.client.JobRequest;
import io.flockwork.sdk.client.JobResult;
import io.flockwork.sdk.client.ListedResult;
import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.JobRecord;
import io.flockwork.sdk.model.JobSeal;
import io.flockwork.sdk.model.JobSpec;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.worker.local.SecondRun.Comparison;
import io.flockwork.worker.master.JobTypes;
import io.flockwork.worker.master.SoleMaster;
import io.flockwork.worker.master.SpecCheck;
import io.flockwork.worker.runtime.OutcomeListener.Ended;
import io.flockwork.worker.runtime.Runner;
import io.flockwork.worker.runtime.RunnerSettings;
import io.flockwork.worker.swarm.Swarm;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** One job on this machine, from its description to its results. Used by one thread; any may close it. */
final class LocalRun implements AutoCloseable {
    private static final JobSeal NOBODYS = new JobSeal(new NodeId("nobody"), "", "", "", "");
    private static final int MOST_LEASES = 2_048;

    private final Workplace place;
    private final RunnerSettings settings;
    private final JobTypes types;
    private final CopyOnWriteArrayList<Runner> runners = new CopyOnWriteArrayList<>();
    private SoleMaster master;
    private JobRecord job;
    private Account account;

    /** Says what of this machine a run may use, its files all in the workplace. */
    @FunctionalInterface
    interface Furnishing {
        RunnerSettings of(Workplace place) throws IOException;
    }

    /** A run in a workplace of its own. */
    static LocalRun open(Furnishing furnishing) throws IOException {
        Workplace place = Workplace.open();
        try {
            return new LocalRun(place, furnishing.of(place));
        } catch (IOException | RuntimeException unfit) {
            place.clear();
            throw unfit;
        }
    }

    private LocalRun(Workplace place, RunnerSettings settings) {
        this.place = place;
        this.settings = settings;
        this.types = JobTypes.installed(settings.jars());
    }

    /**
     * Computes the job, or one unit of it.
     *
     * @throws GridException BAD_REQUEST with one sentence when a grid would not take it
     */
    JobResult compute(JobRequest request, Optional<String> only, ProgressDisplay display)
            throws IOException, InterruptedException {
        Draft draft = Draft.of(only.isEmpty() ? request : request.combinedBy("concat"));
        place.take(draft.blobs());
        Runner runner = runner("first");
        JobSpec spec = checked(draft.spec(), runner);
        job = JobRecord.submitted(JobId.random(new SecureRandom()), spec, NOBODYS, System.currentTimeMillis());
        master = SoleMaster.of(job, only, swarm(), types);
        account = new Account(master.isRange());
        work(bench(runner), display);
        return new ListedResult(master.end(), this::open);
    }

    private JobSpec checked(JobSpec spec, Runner runner) {
        try {
            return new SpecCheck(types, swarm(), runner::inspect).check(spec);
        } catch (IllegalArgumentException refused) {
            throw new GridException(GridException.Kind.BAD_REQUEST, refused.getMessage());
        }
    }

    private void work(Bench bench, ProgressDisplay display) throws IOException, InterruptedException {
        while (!master.isFinished()) {
            if (bench.isLow()) {
                bench.add(master.lease(System.nanoTime(), settings.slots(), MOST_LEASES));
            }
            for (Ended unit : bench.await()) {
                account.add(unit.unit(), unit.outcome());
                master.ended(System.nanoTime(), unit.unit(), unit.outcome());
            }
            display.show(master.progress());
        }
    }

    /** Computes it all once more, in another process. */
    Comparison again(JobResult result) throws IOException, InterruptedException {
        runners.forEach(Runner::close);
        return new SecondRun(master, bench(runner("second"))).over(result);
    }

    /** What the units cost. */
    Account account() {
        return account;
    }

    /** True when a grid makes the units as large as each worker likes them. */
    boolean isCarved() {
        return master.isCarved();
    }

    private Bench bench(Runner runner) {
        return new Bench(runner, settings.slots(), swarm(), job, master.isRange());
    }

    private Runner runner(String name) throws IOException {
        Runner runner = Runner.start(new RunnerSettings(
                settings.slots(),
                settings.memoryBytes(),
                settings.scratch().resolve(name),
                settings.sandbox(),
                settings.givesWay(),
                settings.jars(),
                settings.jvmOptions()));
        runners.add(runner);
        return runner;
    }

    private Swarm swarm() {
        return place.swarm();
    }

    private InputStream open(BlobId blob, long size) {
        try {
            return swarm().open(blob);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Ends what computes, and leaves nothing behind. */
    @Override
    public void close() {
        runners.forEach(Runner::close);
        place.clear();
    }
}
