package io.flockwork.sdk.identity;

import io.flockwork.sdk.model.Code;
import io.flockwork.sdk.model.ExactBase64;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.JobSeal;
import io.flockwork.sdk.model.JobSpec;
import io.flockwork.sdk.model.Limits;
import io.flockwork.sdk.model.NodeId;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.time.Instant;
import java.util.Base64;

/**
 * Submitters sign their jobs, cores and workers check. A worker checks what it is about to run, the code and the limits; the
 * core that takes a job checks all of it.
 */
public final class JobSigning {
    private JobSigning() {}

    /** The seal of a job that is handed in. */
    public static JobSeal seal(Credentials submitter, JobId job, JobSpec spec) {
        String rest = base64(JobStatement.rest(spec));
        byte[] statement = JobStatement.of(submitter.grid(), job, spec.code(), spec.limits(), rest);
        try {
            return new JobSeal(
                    submitter.keys().id(),
                    base64(submitter.certificate().getEncoded()),
                    base64(submitter.keys().signing().getPublic().getEncoded()),
                    rest,
                    base64(submitter.keys().sign(statement)));
        } catch (CertificateEncodingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The seal of a job that is handed in for the token's owner. */
    public static JobSeal seal(Token token, NodeId grid, JobId job, JobSpec spec) {
        String rest = base64(JobStatement.rest(spec));
        byte[] statement = JobStatement.of(grid, job, spec.code(), spec.limits(), rest);
        return new JobSeal(
                NodeId.ofKey(token.owner()),
                token.certificate(),
                base64(token.owner().getEncoded()),
                rest,
                token.delegation(),
                base64(token.sign(statement)));
    }

    /**
     * Who handed the job in, as a core checks it.
     *
     * @throws CertificateException with one sentence when the seal is not of this job, or no member's who may hand in jobs
     */
    public static Peer check(MemberCheck members, JobSeal seal, JobId job, JobSpec spec) throws CertificateException {
        if (!base64(JobStatement.rest(spec)).equals(seal.rest())) {
            throw new CertificateException("the job is not the one that its submitter has signed");
        }
        return check(members, seal, job, spec.code(), spec.limits());
    }

    /**
     * Who handed in the job with this code and these limits, as a worker checks it.
     *
     * @throws CertificateException with one sentence when the seal is not of this job, or no member's who may hand in jobs
     */
    public static Peer check(MemberCheck members, JobSeal seal, JobId job, Code code, Limits limits)
            throws CertificateException {
        try {
            Peer owner = members.check(Pem.certificate(ExactBase64.decode(seal.certificate())));
            PublicKey key = NodeKeys.signingKey(ExactBase64.decode(seal.key()));
            byte[] statement = JobStatement.of(members.grid(), job, code, limits, seal.rest());
            if (!owner.id().equals(seal.owner())
                    || !owner.role().submits()
                    || !NodeId.ofKey(key).equals(owner.id())
                    || !NodeKeys.verify(signer(members, seal, key), statement, ExactBase64.decode(seal.signature()))) {
                throw new CertificateException("the job is not signed by somebody who may hand in jobs");
            }
            return owner;
        } catch (IllegalArgumentException malformed) {
            throw new CertificateException("the job's seal is malformed", malformed);
        }
    }

    private static PublicKey signer(MemberCheck members, JobSeal seal, PublicKey owner) throws CertificateException {
        if (seal.delegation().isEmpty()) {
            return owner;
        }
        Delegation delegation = Delegation.decode(ExactBase64.decode(seal.delegation()));
        delegation.checkJob(members.grid(), owner, members.asOf().orElseGet(Instant::now));
        return delegation.key();
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
