package io.flockwork.worker.master;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.flockwork.sdk.identity.Revocations;
import io.flockwork.sdk.model.Assurance;
import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.Code;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.JobSpec;
import io.flockwork.sdk.model.Limits;
import io.flockwork.sdk.model.NamedBlob;
import io.flockwork.sdk.model.Recipe;
import io.flockwork.worker.TestMembers;
import io.flockwork.worker.swarm.Swarm;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be run is refused before the grid takes it, with one sentence for the person who submits. */
class SubmissionsTest {
    private static final JobId JOB = new JobId("joba");

    private static final Recipe RANGE = new Recipe.Range(0, 10);
    private static final BlobId METERED = new BlobId("7".repeat(64));

    private final Revocations revocations = new Revocations(TestMembers.AUTHORITY.certificate());
    private Optional<String> complaint = Optional.empty();
    private Swarm swarm;
    private Submissions submissions;
    private NamedBlob module;

    @TempDir
    Path folder;

    @BeforeEach
    void start() {
        swarm = TestJobs.lonelySwarm(folder);
        submissions = new Submissions(
                new SpecCheck(
                        JobTypes.installed(List.of()),
                        swarm,
                        (bytes, metered) -> CompletableFuture.completedStage(
                                metered.equals(METERED) ? complaint : Optional.of("becomes something else"))),
                TestMembers.CHECK,
                revocations);
        module = TestJobs.publish(swarm, "module", new byte[] {0, 'a', 's', 'm'});
    }

    @Test
    void aGoodModuleJobIsTakenAsItIs() {
        JobSpec spec = wasm(RANGE, "sum", "one", "two");
        assertEquals(spec, check(spec));
    }

    @Test
    void aRevokedSubmittersJobIsNotTakenWhoeverBringsIt() {
        JobSpec spec = wasm(RANGE, "sum");
        revocations.learn(TestMembers.AUTHORITY.revoke(
                1, List.of(TestMembers.SUBMITTER.keys().id())));
        assertRefused("the job's submitter has been revoked", spec);
    }

    @Test
    void aJobTypeWorksOutItsRecipe() {
        JobSpec spec = TestJobs.typed("primes", Map.of("from", "5", "to", "50"), new Recipe.Own(), "");
        assertEquals(new Recipe.Range(5, 50), check(spec).recipe());
    }

    @Test
    void combinersAreNamed() {
        assertRefused("there is no combiner 'product'; there are concat and sum", wasm(RANGE, "product"));
    }

    @Test
    void jobTypesAreNamed() {
        assertRefused(
                "there is no job type 'juggle'; there are "
                        + String.join(", ", JobTypes.installed(List.of()).names()),
                TestJobs.typed("juggle", Map.of(), RANGE, ""));
    }

    @Test
    void aModuleNeedsSomethingToWorkOn() {
        assertRefused("a module needs a range, lines, chunks or files to work on", wasm(new Recipe.Own(), ""));
    }

    @Test
    void aModuleThatCannotRunIsRefusedInTheInspectorsWords() {
        complaint = Optional.of("this is not a WebAssembly module");
        assertRefused("this is not a WebAssembly module", wasm(RANGE, ""));
    }

    @Test
    void aModuleThatWasNotUploadedIsRefused() {
        BlobId missing = new BlobId("3".repeat(64));
        JobSpec spec = new JobSpec(
                "x", new Code.Wasm(missing, METERED, List.of()), RANGE, "", new Assurance.Quorum(1), Limits.DEFAULT, 1);
        assertRefused("the module has not been uploaded: nobody has blob " + missing, spec);
    }

    @Test
    void argumentsAreBoundedInBytes() {
        assertRefused("a module's arguments have at most 65536 bytes", wasm(RANGE, "", "é".repeat(40_000)));
    }

    @Test
    void inputsMustBeThereInTheSizeTheyAreSaidToHave() {
        NamedBlob missing = new NamedBlob("text.txt", new BlobId("4".repeat(64)), 5);
        assertRefused(
                "text.txt has not been uploaded: nobody has blob " + missing.blob(),
                wasm(new Recipe.Lines(missing), ""));
        NamedBlob there = TestJobs.publish(swarm, "data.bin", new byte[10]);
        NamedBlob shrunk = new NamedBlob("data.bin", there.blob(), 9);
        assertRefused("data.bin has 10 bytes, not 9", wasm(new Recipe.Chunks(shrunk, 4), ""));
        assertRefused("data.bin has 10 bytes, not 9", wasm(new Recipe.Each(List.of(there, shrunk)), ""));
        assertRefused("data.bin has 10 bytes, not 9", wasm(new Recipe.Listed(there, shrunk), ""));
    }

    private JobSpec wasm(Recipe recipe, String combine, String... arguments) {
        return new JobSpec(
                "x",
                new Code.Wasm(module.blob(), METERED, List.of(arguments)),
                recipe,
                combine,
                new Assurance.Quorum(1),
                Limits.DEFAULT,
                1);
    }

    private void assertRefused(String sentence, JobSpec spec) {
        assertEquals(
                sentence,
                assertThrows(IllegalArgumentException.class, () -> check(spec)).getMessage());
    }

    private JobSpec check(JobSpec spec) {
        return submissions.check(JOB, spec, TestMembers.seal(JOB, spec));
    }

    @Test
    void aJobThatItsSubmitterHasNotSignedIsRefused() {
        JobSpec signed = TestJobs.typed("primes", Map.of("from", "5", "to", "50"), new Recipe.Own(), "");
        JobSpec altered = TestJobs.typed("primes", Map.of("from", "5", "to", "51"), new Recipe.Own(), "");
        assertThrows(
                IllegalArgumentException.class, () -> submissions.check(JOB, altered, TestMembers.seal(JOB, signed)));
    }
}
