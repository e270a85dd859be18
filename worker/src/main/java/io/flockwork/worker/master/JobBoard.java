package io.flockwork.worker.master;

import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.Conduct;
import io.flockwork.sdk.model.JobChange;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.JobProgress;
import io.flockwork.sdk.model.JobRecord;
import io.flockwork.sdk.model.JobSeal;
import io.flockwork.sdk.model.JobSpec;
import io.flockwork.sdk.model.Judgement;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.Recipe;
import io.flockwork.sdk.model.Reputation;
import io.flockwork.sdk.model.Standing;
import io.flockwork.sdk.model.Strike;
import io.flockwork.sdk.model.WorkerInfo;
import io.flockwork.sdk.wire.ClientMessage.Status;
import io.flockwork.sdk.wire.WorkerMessage.JobNotice;
import io.flockwork.worker.mesh.Mesh;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The grid's jobs as submitters and workers see them, whichever core leads them. Safe for use by many threads. */
public final class JobBoard {
    private final Mesh mesh;
    private final Submissions submissions;
    private final Clock clock;
    private final RunningJobs running;

    public JobBoard(Mesh mesh, Submissions submissions, Clock clock) {
        this.mesh = mesh;
        this.submissions = submissions;
        this.clock = clock;
        this.running = new RunningJobs(mesh);
    }

    /**
     * Takes a job; one that is known already stays as it is. Blocks while the job is looked over. Completes when the job is on two
     * cores, also when whoever asks again has been given up on before that.
     *
     * @throws IllegalArgumentException with one sentence when it cannot be taken
     */
    public CompletionStage<Status> submit(JobId id, JobSpec spec, JobSeal seal) {
        JobRecord job = mesh.job(id)
                .orElseGet(() -> JobRecord.submitted(id, submissions.check(id, spec, seal), seal, clock.millis()));
        return mesh.create(job).thenApply(this::status);
    }

    /** The job, if this core has heard of it. */
    public Optional<Status> find(JobId id) {
        return mesh.job(id).map(this::status);
    }

    /** Every job, the newest first. */
    public List<Status> all() {
        return mesh.jobs().stream()
                .sorted(Comparator.comparingLong(JobRecord::submittedMillis)
                        .reversed()
                        .thenComparing(JobRecord::id))
                .map(this::status)
                .toList();
    }

    /** Ends a job, unless it has ended; completes with the job, or empty when there is none. */
    public CompletionStage<Optional<Status>> cancel(JobId id) {
        return mesh.change(id, new JobChange.Cancel(clock.millis()))
                .thenApply(changed -> changed.or(() -> mesh.job(id)).map(this::status));
    }

    /** The job types that this core has, each with a line for people. */
    public Map<String, String> types() {
        return submissions.types();
    }

    /** The live core workers. */
    public List<WorkerInfo> cores() {
        return mesh.cores();
    }

    /** The live workers, the cores first. */
    public List<WorkerInfo> workers() {
        return Stream.concat(
                        mesh.cores().stream(), mesh.edges().stream().sorted(Comparator.comparing(WorkerInfo::name)))
                .toList();
    }

    /**
     * What the grid knows of its workers' answers, those who were struck first; without the answers of jobs that still run: nobody is
     * to learn from it which to give.
     */
    public List<Conduct> conducts() {
        return mesh.conducts().stream()
                .sorted(Comparator.comparing((Conduct known) -> known.strikes().isEmpty())
                        .thenComparing(Conduct::worker))
                .map(this::told)
                .toList();
    }

    /** The same of one worker, if anything is known. */
    public Optional<Conduct> conduct(NodeId worker) {
        return mesh.conduct(worker).map(this::told);
    }

    private Conduct told(Conduct known) {
        List<Strike> ofEndedJobs =
                known.strikes().stream().filter(strike -> isOver(strike.job())).toList();
        return new Conduct(known.reputation(), known.agreed(), known.outvoted(), ofEndedJobs);
    }

    private boolean isOver(JobId job) {
        return mesh.job(job).map(record -> record.state().ended()).orElse(true);
    }

    /** Lets a worker start anew; fails with one sentence, an IllegalArgumentException, when it has not been struck. */
    public CompletionStage<Conduct> pardon(NodeId worker) {
        Optional<Reputation> known = mesh.conduct(worker).map(Conduct::reputation);
        if (known.filter(one -> one.strikes() > 0 || one.standing() == Standing.BANNED)
                .isEmpty()) {
            return CompletableFuture.failedFuture(new IllegalArgumentException(
                    "worker " + worker.brief() + " has no strikes: there is nothing to pardon"));
        }
        return mesh.judge(worker, new Judgement.Pardon());
    }

    /** A worker is connected to this core. */
    public void connected(WorkerInfo worker) {
        if (!worker.isReachable()) {
            mesh.connected(worker);
        }
    }

    /** A worker is connected to this core no more. */
    public void gone(WorkerInfo worker) {
        if (!worker.isReachable()) {
            mesh.gone(worker.id());
        }
    }

    /**
     * The jobs that want workers, with where to ask for their units. While nobody leads a job, this core stands in for its
     * master, so that workers keep what they have in hand until the next one takes over.
     */
    public List<JobNotice> notices() {
        // A core that was killed and started again is there twice until the mesh has noticed; the younger one answers.
        Map<NodeId, Address> gateways = mesh.cores().stream()
                .collect(Collectors.toMap(WorkerInfo::id, WorkerInfo::gateway, (older, younger) -> younger));
        return running.all().stream()
                .flatMap(job -> notice(job, gateways).stream())
                .sorted(Comparator.comparing(JobNotice::job))
                .toList();
    }

    private Optional<JobNotice> notice(JobRecord job, Map<NodeId, Address> gateways) {
        JobSpec spec = job.spec();
        boolean range = spec.recipe() instanceof Recipe.Range;
        return job.master()
                .map(gateways::get)
                .or(() -> Optional.ofNullable(gateways.get(mesh.self())))
                .map(master -> new JobNotice(
                        job.id(), master, job.epoch(), spec.code(), spec.limits(), range, spec.priority(), job.seal()));
    }

    /** True while a running job's units need this blob: its code, or input. */
    public boolean isNeeded(BlobId blob) {
        return running.need(blob);
    }

    /** Forgets the jobs that ended long ago; to be called now and then on every core. */
    public void forgetOld() {
        OldJobs.of(mesh.jobs(), clock.millis()).forEach(mesh::forget);
    }

    /** Calls {@code onJob} when a job or its progress changes, {@code onNotices} when {@link #notices} may have, and {@code onJudged} when {@link #conduct} may have; on a mesh thread. */
    public void listen(Consumer<Status> onJob, Runnable onNotices, Consumer<NodeId> onJudged) {
        mesh.listen(new Mesh.Listener() {
            @Override
            public void jobChanged(JobRecord job) {
                onNotices.run();
                onJob.accept(status(job));
            }

            @Override
            public void progressed(JobProgress progress) {
                find(progress.job()).ifPresent(onJob);
            }

            @Override
            public void judged(Conduct conduct) {
                onJudged.accept(conduct.worker());
            }

            @Override
            public void coresChanged() {
                onNotices.run();
            }
        });
    }

    /** A master speaks before its job's end is told, so the record knows better in which state the job is. */
    private Status status(JobRecord job) {
        return new Status(job, mesh.progress(job.id()).map(said -> said.in(job.state())));
    }
}
