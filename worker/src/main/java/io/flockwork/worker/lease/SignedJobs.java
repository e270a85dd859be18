package io.flockwork.worker.lease;

import io.flockwork.sdk.identity.JobSigning;
import io.flockwork.sdk.identity.MemberCheck;
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
 * Confined to the agent's thread.
 */
final class SignedJobs {
    private static final Logger LOG = LoggerFactory.getLogger(SignedJobs.class);
    private static final int MOST_REMEMBERED = 1_000;

    private final MemberCheck members;
    private final Map<Claim, Boolean> checked = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Claim, Boolean> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    /** What a core says the submitter wants to have run. */
    private record Claim(JobId job, Code code, Limits limits, JobSeal seal) {}

    SignedJobs(MemberCheck members) {
        this.members = members;
    }

    /** True when the job may be run here. Each is checked once. */
    boolean trusts(JobNotice notice) {
        Claim claim = new Claim(notice.job(), notice.code(), notice.limits(), notice.seal());
        return checked.computeIfAbsent(claim, this::isSigned);
    }

    private boolean isSigned(Claim claim) {
        try {
            JobSigning.check(members, claim.seal(), claim.job(), claim.code(), claim.limits());
            return true;
        } catch (CertificateException unsigned) {
            LOG.warn("job {} is not run here: {}", claim.job(), unsigned.getMessage());
            return false;
        }
    }
}
