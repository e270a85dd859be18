package io.flockwork.worker.lease;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.identity.Credentials;
import io.flockwork.sdk.identity.JobSigning;
import io.flockwork.sdk.identity.Revocations;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.Assurance;
import io.flockwork.sdk.model.Code;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.JobSpec;
import io.flockwork.sdk.model.Limits;
import io.flockwork.sdk.model.Recipe;
import io.flockwork.sdk.wire.WorkerMessage.JobNotice;
import io.flockwork.worker.TestMembers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whose jobs a worker runs. */
class SignedJobsTest {
    private static final Address CORE = new Address("core", 1);

    private final Credentials ann = TestMembers.credentials(Role.SUBMIT);
    private final Credentials bob = TestMembers.credentials(Role.SUBMIT);
    private final Revocations revocations = new Revocations(TestMembers.AUTHORITY.certificate());
    private final SignedJobs jobs = new SignedJobs(TestMembers.CHECK, revocations);

    private static JobNotice notice(Credentials owner, String id) {
        JobId job = new JobId(id);
        Code code = new Code.Java("echo", Map.of());
        JobSpec spec = new JobSpec("echo", code, new Recipe.Own(), "", new Assurance.Quorum(1), Limits.DEFAULT, 10);
        return new JobNotice(job, CORE, 1, code, Limits.DEFAULT, true, 10, JobSigning.seal(owner, job, spec));
    }

    private void revoke(Credentials who) {
        revocations.learn(TestMembers.AUTHORITY.revoke(1, List.of(who.keys().id())));
    }

    @Test
    void aMembersJobIsRunAndAnAlteredOneIsNot() {
        JobNotice signed = notice(ann, "joba");
        assertTrue(jobs.trusts(signed));
        JobNotice altered = new JobNotice(
                signed.job(),
                CORE,
                1,
                new Code.Java("echo", Map.of("units", "9")),
                Limits.DEFAULT,
                true,
                10,
                signed.seal());
        assertFalse(jobs.trusts(altered));
        assertFalse(jobs.trusts(notice(TestMembers.credentials(Role.EDGE), "jobb")));
    }

    @Test
    void whatRunsWhenItsSubmitterIsRevokedGoesOnAndWhatComesLaterIsNotBegun() {
        JobNotice running = notice(ann, "joba");
        JobNotice replayed = notice(ann, "jobb");
        assertTrue(jobs.trusts(running));
        revoke(ann);
        assertTrue(jobs.trusts(running));
        assertFalse(jobs.trusts(replayed));
        assertTrue(jobs.trusts(notice(bob, "jobc")));
        assertFalse(new SignedJobs(TestMembers.CHECK, revocations).trusts(running), "a worker that comes later");
    }

    @Test
    void aJobThatRunsIsNotForgottenForAllThatComeAndGo() {
        JobNotice running = notice(ann, "joba");
        assertTrue(jobs.trusts(running));
        for (int i = 0; i < 1_500; i++) {
            assertTrue(jobs.trusts(notice(
                    bob, "jobb" + Integer.toString(i, 8).replace('0', 'z').replace('1', 'y'))));
            assertTrue(jobs.trusts(running));
        }
        revoke(ann);
        assertTrue(jobs.trusts(running));
    }
}
