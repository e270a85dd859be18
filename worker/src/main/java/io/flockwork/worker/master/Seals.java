package io.flockwork.worker.master;

import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.proof.VoteBatch;
import io.flockwork.sdk.proof.VoteStatement;
import io.flockwork.sdk.proof.Witness;
import io.flockwork.sdk.wire.WorkerMessage.Report;
import java.security.cert.CertificateException;
import java.util.List;

/** Says whether a report may count. */
@FunctionalInterface
interface Seals {
    /**
     * @param votes what the report says, in its order; without the failures
     * @throws CertificateException with one sentence when nothing of the report may count
     */
    void check(JobId job, Witness witness, Report report, List<VoteStatement> votes) throws CertificateException;

    /** Every vote must be signed by the worker that gives it. */
    static Seals of(NodeId grid) {
        return (job, witness, report, votes) -> {
            boolean sealed = report.seal().isPresent();
            if (sealed == votes.isEmpty()
                    || !votes.isEmpty() && votes.size() != report.units().size()) {
                throw new CertificateException("votes are signed, all of a report together, and failures are none");
            }
            if (sealed) {
                VoteBatch batch = new VoteBatch(witness.worker(), report.seal().get(), votes);
                if (!batch.isSignedBy(witness.publicKey(), grid, job)) {
                    throw new CertificateException("the report is not what its worker has signed");
                }
            }
        };
    }
}
