package io.flockwork.worker.master;

import io.flockwork.sdk.identity.JobSigning;
import io.flockwork.sdk.identity.MemberCheck;
import io.flockwork.sdk.identity.Revocations;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.JobSeal;
import io.flockwork.sdk.model.JobSpec;
import java.security.cert.CertificateException;
import java.util.Map;

/** Looks a job and its submitter over before the grid takes it. Blocks; safe for use by many threads. */
public final class Submissions {
    private final SpecCheck specs;
    private final MemberCheck members;
    private final Revocations revocations;

    public Submissions(SpecCheck specs, MemberCheck members, Revocations revocations) {
        this.specs = specs;
        this.members = members;
        this.revocations = revocations;
    }

    /**
     * The job as the grid keeps it: with its recipe worked out.
     *
     * @throws IllegalArgumentException with one sentence when the job cannot be taken
     */
    public JobSpec check(JobId job, JobSpec spec, JobSeal seal) {
        checkSeal(job, spec, seal);
        return specs.check(spec);
    }

    /** What each job type does, by its name. */
    Map<String, String> types() {
        return specs.types();
    }

    private void checkSeal(JobId job, JobSpec spec, JobSeal seal) {
        try {
            if (revocations.contains(JobSigning.check(members, seal, job, spec).id())) {
                throw new IllegalArgumentException("the job's submitter has been revoked");
            }
        } catch (CertificateException unsigned) {
            throw new IllegalArgumentException(unsigned.getMessage(), unsigned);
        }
    }
}
