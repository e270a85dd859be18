package io.flockwork.worker;

import io.flockwork.sdk.identity.Authority;
import io.flockwork.sdk.identity.Credentials;
import io.flockwork.sdk.identity.GridTls;
import io.flockwork.sdk.identity.JobSigning;
import io.flockwork.sdk.identity.MemberCheck;
import io.flockwork.sdk.identity.NodeKeys;
import io.flockwork.sdk.identity.Revocations;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.JobSeal;
import io.flockwork.sdk.model.JobSpec;
import io.flockwork.sdk.proof.Witness;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.TrustOptions;
import java.security.cert.CertificateException;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumSet;

/** Members of one grid, for tests that need real certificates. */
public final class TestMembers {
    public static final Authority AUTHORITY = Authority.create(Instant.now());
    public static final MemberCheck CHECK = new MemberCheck(AUTHORITY.certificate());
    public static final Credentials SUBMITTER = credentials(Role.SUBMIT);

    private TestMembers() {}

    /** A new member. */
    public static Credentials credentials(Role role) {
        return AUTHORITY.enrol(NodeKeys.generate(), role, "tester", Instant.now());
    }

    /** A new member's TLS. */
    public static GridTls tls(Role role) {
        return new GridTls(credentials(role), new Revocations(AUTHORITY.certificate()));
    }

    /** A server as a core's is. */
    public static HttpServerOptions server() {
        GridTls core = tls(Role.CORE);
        return new HttpServerOptions()
                .setSsl(true)
                .setKeyCertOptions(KeyCertOptions.wrap(core.keyManager()))
                .setTrustOptions(TrustOptions.wrap(core.trust(EnumSet.allOf(Role.class))))
                .setClientAuth(ClientAuth.REQUIRED);
    }

    /** The seal of the one who hands in jobs in these tests. */
    public static JobSeal seal(JobId job, JobSpec spec) {
        return JobSigning.seal(SUBMITTER, job, spec);
    }

    /** By what a worker's signatures are checked. */
    public static Witness witness(Credentials worker) {
        try {
            return Witness.of(worker.keys().id(), worker.certificate(), key(worker));
        } catch (CertificateException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The key that a worker signs its votes with, as it says it. */
    public static String key(Credentials worker) {
        return Base64.getEncoder()
                .encodeToString(worker.keys().signing().getPublic().getEncoded());
    }
}
