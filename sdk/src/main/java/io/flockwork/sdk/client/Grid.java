package io.flockwork.sdk.client;

import io.flockwork.sdk.credit.CreditHead;
import io.flockwork.sdk.credit.CreditLog;
import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.Conduct;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.JobProgress;
import io.flockwork.sdk.model.JobRecord;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.WorkerInfo;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A grid, seen from outside. Every call may block for seconds and throws {@link GridException} with one sentence; a core
 * that dies under a call is replaced by another. Safe for use by many threads.
 */
public interface Grid extends AutoCloseable {
    /**
     * Finds the cores of the grid that this user has logged in to.
     *
     * @param home {@code FLOCKWORK_HOME}, where {@code flockwork login} keeps the user's identity; the addresses of the grid's cores
     *     are kept there too, so that it is found again without its coordinator
     */
    static Grid connect(Path home) {
        return connect(List.of(), home);
    }

    /**
     * Finds the cores of the grid that this user has logged in to.
     *
     * @param entrances the coordinator or any cores; empty for the coordinator that the user has logged in with
     * @param home as for {@link #connect(Path)}
     */
    static Grid connect(List<Address> entrances, Path home) {
        return RemoteGrid.connect(Login.of(home), entrances, home, Patience.DEFAULT);
    }

    /** Uploads the job's files and hands it in; the job then goes on without this program. */
    JobHandle submit(JobRequest request);

    /** A job that was submitted before, by anybody. */
    JobHandle job(JobId id);

    /** The jobs that the grid remembers, the newest thousand, the newest first, each with its progress where its master has spoken. */
    List<JobStatus> jobs();

    /** The live workers. */
    List<WorkerInfo> workers();

    /** What the grid knows of its workers' answers, those who were struck first. */
    List<Conduct> conducts();

    /** Lets a worker start anew that was struck; for operators. Gives what the grid knows of it then. */
    Conduct pardon(NodeId worker);

    /** Who has done how much: the logs of all cores, each as its core has signed it. */
    Credit credit();

    @Override
    void close();

    /**
     * The credit logs of a grid.
     *
     * @param grid the grid's id
     * @param logs each once, as long as any core has it
     * @param heads of the same logs, as every core tells them; they are signed, but nobody has compared them with the logs
     */
    record Credit(NodeId grid, List<CreditLog> logs, List<CreditHead> heads) {}

    /** A job's record and progress at one moment. */
    record JobStatus(JobRecord record, Optional<JobProgress> progress) {}
}
