package io.flockwork.worker.lease;

import io.flockwork.sdk.identity.JobSigning;
import io.flockwork.sdk.identity.MemberCheck;
import io.flockwork.sdk.identity.Peer;
import io.flockwork.sdk.identity.Revocations;
import io.flockwork.sdk.model.Code;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.JobSeal;
import io.flockwork.sdk.model.Limits;
import io.flockwork.sdk.wire.WorkerMessage.JobNotice;
import java.security.cert.CertificateException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the jobs that a member of the grid has handed in from those that a core has made up or altered: a worker runs no others.
 * A job that it has heard of while its submitter was a member goes on when that one is revoked; one that it hears of later is
 * perhaps an old one, played again. Confined to the agent's thread.
 */
final class SignedJobs {
    private static final Logger LOG = LoggerFactory.getLogger(SignedJobs.class);
    private static final int MOST_REMEMBERED = 1_000;

    private final MemberCheck members;
    private final Revocations revocations;
    /** Those that were asked about last: a job that runs is asked about again and again. */
    private final Map<Claim, Boolean> checked = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Claim, Boolean> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    /** What a core says the submitter wants to have run. */
    private record Claim(JobId job, Code code, Limits limits, JobSeal seal) {}

    SignedJobs(MemberCheck members, Revocations revocations) {
        this.members = members;
        this.revocations = revocations;
    }

    /** True when the job may be run here. Each is checked once. */
    boolean trusts(JobNotice notice) {
        Claim claim = new Claim(notice.job(), notice.code(), notice.limits(), notice.seal());
        return checked.computeIfAbsent(claim, this::isSigned);
    }

    private boolean isSigned(Claim claim) {
        try {
            Peer owner = JobSigning.check(members, claim.seal(), claim.job(), claim.code(), claim.limits());
            boolean revoked = revocations.contains(owner.id());
            if (revoked) {
                LOG.warn("job {} is not run here: its submitter {} has been revoked", claim.job(), owner.id());
            }
            return !revoked;
        } catch (CertificateException unsigned) {
            LOG.warn("job {} is not run here: {}", claim.job(), unsigned.getMessage());
            return false;
        }
    }
}
