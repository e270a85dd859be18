package io.flockwork.sdk.cli;

import io.flockwork.sdk.client.Grid;
import io.flockwork.sdk.client.GridException;
import io.flockwork.sdk.client.JobHandle;
import io.flockwork.sdk.client.JobRequest;
import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.Conduct;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.Judgement;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.Reputation;
import io.flockwork.sdk.model.Span;
import io.flockwork.sdk.model.Strike;
import io.flockwork.sdk.model.WorkerInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A grid in memory whose every program gives its input back; {@link FakeJob} says which inputs fail or never end. */
final class FakeGrid implements Grid {
    static final NodeId WORKER = new NodeId("worker");

    private Conduct conduct = new Conduct(
            Reputation.of(WORKER, false).struck(true, Reputation.EXAMS),
            3,
            1,
            List.of(new Strike(
                    new JobId("abc"),
                    new Span(4, 5),
                    new BlobId("1".repeat(64)),
                    new BlobId("2".repeat(64)),
                    true,
                    true,
                    0)));
    private final Map<JobId, FakeJob> jobs = new LinkedHashMap<>();

    Credit credit = new Credit(new NodeId("grid"), List.of(), List.of());

    @Override
    public JobHandle submit(JobRequest request) {
        if (request.program() instanceof JobRequest.Program.Type type
                && !type.name().equals("echo")) {
            throw new GridException(GridException.Kind.BAD_REQUEST, "there is no job type '" + type.name() + "'");
        }
        FakeJob job = new FakeJob(new JobId("job" + "abcdefgh".charAt(jobs.size())), request);
        jobs.put(job.id(), job);
        return job;
    }

    @Override
    public JobHandle job(JobId id) {
        FakeJob job = jobs.get(id);
        if (job == null) {
            throw new GridException(GridException.Kind.NOT_FOUND, "there is no job " + id);
        }
        return job;
    }

    @Override
    public List<JobStatus> jobs() {
        return jobs.values().stream().map(FakeJob::status).toList();
    }

    @Override
    public List<WorkerInfo> workers() {
        Address address = new Address("127.0.0.1", 7701);
        return List.of(new WorkerInfo(WORKER, "ant", "ada", "", 4, 1 << 30, address, address, 0));
    }

    @Override
    public List<Conduct> conducts() {
        return List.of(conduct);
    }

    @Override
    public Conduct pardon(NodeId worker) {
        conduct = Conduct.after(Optional.of(conduct), worker, new Judgement.Pardon());
        return conduct;
    }

    FakeJob only() {
        return jobs.values().iterator().next();
    }

    FakeJob last() {
        return jobs.values().stream().reduce((before, job) -> job).orElseThrow();
    }

    boolean isUntouched() {
        return jobs.isEmpty();
    }

    @Override
    public Credit credit() {
        return credit;
    }

    @Override
    public void close() {
        // A test looks into it after the command has closed it.
        jobs.keySet().forEach(JobId::value);
    }
}
