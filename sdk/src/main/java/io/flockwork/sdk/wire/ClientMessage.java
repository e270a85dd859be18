package io.flockwork.sdk.wire;

import io.flockwork.sdk.model.Conduct;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.JobProgress;
import io.flockwork.sdk.model.JobRecord;
import io.flockwork.sdk.model.JobSeal;
import io.flockwork.sdk.model.JobSpec;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.WorkerInfo;
import java.util.List;
import java.util.Optional;

/** Between a submitter and any core, on {@value #PATH}. A {@link Request} is answered by a {@link Response} of the same call. */
public sealed interface ClientMessage extends Message {
    /** Where a core takes these. */
    String PATH = "/client";

    /** A question, numbered by its asker. */
    record Call(long call, Request request) implements ClientMessage {}

    /** The answer to a call. */
    record Reply(long call, Response response) implements ClientMessage {}

    /** A watched job's state, now and at each change. */
    record Update(Status status) implements ClientMessage {}

    /** What a submitter may ask. */
    sealed interface Request {
        /** Takes a job whose blobs have been uploaded; asking twice with one id is one job. Answered by {@link Response.Job}. */
        record Submit(JobId job, JobSpec spec, JobSeal seal) implements Request {}

        /** Sends {@link Update}s of this job from now on. Answered by {@link Response.Job}. */
        record Watch(JobId job) implements Request {}

        /** Answered by {@link Response.Job}. */
        record Look(JobId job) implements Request {}

        /** Answered by {@link Response.Job}. */
        record Cancel(JobId job) implements Request {}

        /** Answered by {@link Response.Jobs}. */
        record ListJobs() implements Request {}

        /** Answered by {@link Response.Workers}. */
        record ListWorkers() implements Request {}

        /** What the grid knows of its workers' answers. Answered by {@link Response.Conducts}. */
        record ListConducts() implements Request {}

        /** An operator wipes a worker's slate clean. Answered by {@link Response.Conducts}, of this worker alone. */
        record Pardon(NodeId worker) implements Request {}
    }

    /** What a core answers. */
    sealed interface Response {
        record Job(Status status) implements Response {}

        record Jobs(List<Status> jobs) implements Response {}

        record Workers(List<WorkerInfo> workers) implements Response {}

        /** At most {@value #MOST_CONDUCTS}; those who were struck come first. */
        record Conducts(List<Conduct> conducts) implements Response {
            /** More are not told of. */
            public static final int MOST_CONDUCTS = 5_000;
        }

        /**
         * @param message one sentence for a person
         */
        record Refused(Refusal why, String message) implements Response {}
    }

    /** Why a request was refused. */
    enum Refusal {
        BAD_REQUEST,
        NOT_FOUND,
        TRY_AGAIN
    }

    /** A job's record and what its master said last. */
    record Status(JobRecord record, Optional<JobProgress> progress) {}
}
