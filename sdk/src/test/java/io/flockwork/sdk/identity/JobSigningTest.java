package io.flockwork.sdk.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.flockwork.sdk.model.Assurance;
import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.Code;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.JobSeal;
import io.flockwork.sdk.model.JobSpec;
import io.flockwork.sdk.model.Limits;
import io.flockwork.sdk.model.NamedBlob;
import io.flockwork.sdk.model.Recipe;
import java.security.cert.CertificateException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A job is its submitter's to the last bit, or it is nobody's. */
class JobSigningTest {
    private static final MemberCheck CHECK = new MemberCheck(TestMembers.AUTHORITY.certificate());
    private static final Credentials SUBMITTER = credentials(TestMembers.AUTHORITY, Role.SUBMIT);
    private static final JobId JOB = new JobId("job");
    private static final BlobId ONE = new BlobId("1".repeat(64));
    private static final BlobId TWO = new BlobId("2".repeat(64));
    private static final NamedBlob FILE = new NamedBlob("file", ONE, 10);
    private static final Code WASM = new Code.Wasm(ONE, TWO, List.of("a", "b"));
    private static final Recipe RANGE = new Recipe.Range(1, 100, 7);
    private static final JobSpec SPEC =
            new JobSpec("name", WASM, RANGE, "sum", new Assurance.Quorum(2), new Limits(1000, 1 << 20, 100, 3), 10);
    private static final JobSeal SEAL = JobSigning.seal(SUBMITTER, JOB, SPEC);

    private static Credentials credentials(Authority authority, Role role) {
        return authority.enrol(NodeKeys.generate(), role, "someone", Instant.now());
    }

    @Test
    void theSubmittersOwnJobPasses() throws CertificateException {
        assertEquals(SUBMITTER.self(), JobSigning.check(CHECK, SEAL, JOB, SPEC));
        assertEquals(SUBMITTER.self(), JobSigning.check(CHECK, SEAL, JOB, SPEC.code(), SPEC.limits()));
    }

    @Test
    void anotherIdIsNoticed() {
        assertThrows(CertificateException.class, () -> JobSigning.check(CHECK, SEAL, new JobId("jobs"), SPEC));
    }

    @Test
    void anyChangeOfWhatWorkersRunIsNoticedByWorkersToo() {
        for (Code code : List.of(
                new Code.Wasm(TWO, TWO, List.of("a", "b")),
                new Code.Wasm(ONE, ONE, List.of("a", "b")),
                new Code.Wasm(ONE, TWO, List.of("a", "c")),
                new Code.Wasm(ONE, TWO, List.of("b", "a")),
                new Code.Wasm(ONE, TWO, List.of("ab")),
                new Code.Wasm(ONE, TWO, List.of("a", "b", "")),
                new Code.Wasm(ONE, TWO, List.of()),
                new Code.Java("wasm", Map.of()),
                new Code.Java(ONE.hex(), Map.of("a", "b")))) {
            assertNoticed(with(code, SPEC.limits()));
        }
        for (Limits limits : List.of(
                new Limits(1001, 1 << 20, 100, 3),
                new Limits(1000, 1 << 21, 100, 3),
                new Limits(1000, 1 << 20, 101, 3),
                new Limits(1000, 1 << 20, 100, 4),
                new Limits(1000, 1 << 20, 100, 3, 1))) {
            assertNoticed(with(WASM, limits));
        }
    }

    private static JobSpec with(Code code, Limits limits) {
        return new JobSpec("name", code, RANGE, "sum", new Assurance.Quorum(2), limits, 10);
    }

    private static void assertNoticed(JobSpec changed) {
        assertThrows(
                CertificateException.class,
                () -> JobSigning.check(CHECK, SEAL, JOB, changed.code(), changed.limits()),
                changed.toString());
        assertThrows(CertificateException.class, () -> JobSigning.check(CHECK, SEAL, JOB, changed));
    }

    @Test
    void anyChangeOfTheRestIsNoticedByCores() {
        List<JobSpec> changed = new ArrayList<>(List.of(
                new JobSpec("name2", WASM, RANGE, "sum", new Assurance.Quorum(2), SPEC.limits(), 10),
                new JobSpec("name", WASM, RANGE, "", new Assurance.Quorum(2), SPEC.limits(), 10),
                new JobSpec("name", WASM, RANGE, "sum", new Assurance.Quorum(1), SPEC.limits(), 10),
                new JobSpec("name", WASM, RANGE, "sum", new Assurance.Quorum(2), SPEC.limits(), 11),
                new JobSpec("name", WASM, RANGE, "sum", new Assurance.Quorum(2), SPEC.limits(), 10, 1)));
        for (Recipe recipe : List.of(
                new Recipe.Range(0, 100, 7),
                new Recipe.Range(1, 101, 7),
                new Recipe.Range(1, 100, 8),
                new Recipe.Own(),
                new Recipe.Lines(FILE),
                new Recipe.Chunks(FILE, 7),
                new Recipe.Each(List.of(FILE)))) {
            changed.add(new JobSpec("name", WASM, recipe, "sum", new Assurance.Quorum(2), SPEC.limits(), 10));
        }
        for (JobSpec spec : changed) {
            assertThrows(CertificateException.class, () -> JobSigning.check(CHECK, SEAL, JOB, spec), spec.toString());
        }
    }

    @Test
    void everyTwoRecipesDiffer() {
        List<Recipe> recipes = List.of(
                RANGE,
                new Recipe.Own(),
                new Recipe.Lines(FILE),
                new Recipe.Lines(new NamedBlob("file", TWO, 10)),
                new Recipe.Lines(new NamedBlob("file2", ONE, 10)),
                new Recipe.Lines(new NamedBlob("file", ONE, 11)),
                new Recipe.Chunks(FILE, 7),
                new Recipe.Chunks(FILE, 8),
                new Recipe.Each(List.of(FILE)),
                new Recipe.Each(List.of(FILE, FILE)),
                new Recipe.Listed(FILE, FILE));
        long different = recipes.stream()
                .map(recipe -> new JobSpec("name", WASM, recipe, "", new Assurance.Quorum(1), Limits.DEFAULT, 1))
                .map(spec -> JobSigning.seal(SUBMITTER, JOB, spec).rest())
                .distinct()
                .count();
        assertEquals(recipes.size(), different);
    }

    @Property(tries = 500)
    void noTwoArgumentListsAreSignedAlike(@ForAll List<String> one, @ForAll List<String> other) {
        if (!one.equals(other)) {
            assertFalse(
                    Arrays.equals(statement(new Code.Wasm(ONE, TWO, one)), statement(new Code.Wasm(ONE, TWO, other))));
        }
    }

    /** A text need not be one: these two are alike in UTF-8. */
    @Test
    void halfACharacterIsNotAQuestionMark() {
        assertFalse(Arrays.equals(
                statement(new Code.Wasm(ONE, TWO, List.of("?"))),
                statement(new Code.Wasm(ONE, TWO, List.of("\ud800")))));
    }

    @Property(tries = 500)
    void noTwoParametersAreSignedAlike(@ForAll Map<String, String> one, @ForAll Map<String, String> other) {
        if (!one.equals(other)) {
            assertFalse(Arrays.equals(statement(new Code.Java("t", one)), statement(new Code.Java("t", other))));
        }
    }

    private static byte[] statement(Code code) {
        return JobStatement.of(TestMembers.AUTHORITY.grid(), JOB, code, Limits.DEFAULT, "rest");
    }

    @ParameterizedTest
    @EnumSource(names = {"COORDINATOR", "CORE", "EDGE"})
    void whoMayNotHandInJobsSignsNone(Role role) {
        JobSeal seal = JobSigning.seal(credentials(TestMembers.AUTHORITY, role), JOB, SPEC);
        assertThrows(CertificateException.class, () -> JobSigning.check(CHECK, seal, JOB, SPEC));
    }

    @Test
    void anOperatorMay() throws CertificateException {
        Credentials operator = credentials(TestMembers.AUTHORITY, Role.OPERATE);
        assertEquals(operator.self(), JobSigning.check(CHECK, JobSigning.seal(operator, JOB, SPEC), JOB, SPEC));
    }

    @Test
    void anotherGridsSealIsNone() {
        Authority foreign = Authority.create(Instant.now());
        JobSeal seal = JobSigning.seal(credentials(foreign, Role.SUBMIT), JOB, SPEC);
        assertThrows(CertificateException.class, () -> JobSigning.check(CHECK, seal, JOB, SPEC));
        // The same keys in both grids: what was signed for the one is not good for the other.
        Credentials both = foreign.enrol(SUBMITTER.keys(), Role.SUBMIT, "someone", Instant.now());
        JobSeal there = JobSigning.seal(both, JOB, SPEC);
        JobSeal mixed = new JobSeal(there.owner(), SEAL.certificate(), there.key(), there.rest(), there.signature());
        assertThrows(CertificateException.class, () -> JobSigning.check(CHECK, mixed, JOB, SPEC));
    }

    @Test
    void partsOfTwoSubmittersDoNotMix() {
        JobSeal other = JobSigning.seal(credentials(TestMembers.AUTHORITY, Role.SUBMIT), JOB, SPEC);
        for (JobSeal mixed : List.of(
                new JobSeal(other.owner(), SEAL.certificate(), SEAL.key(), SEAL.rest(), SEAL.signature()),
                new JobSeal(SEAL.owner(), other.certificate(), SEAL.key(), SEAL.rest(), SEAL.signature()),
                new JobSeal(SEAL.owner(), SEAL.certificate(), other.key(), SEAL.rest(), other.signature()),
                new JobSeal(SEAL.owner(), SEAL.certificate(), SEAL.key(), SEAL.rest(), other.signature()))) {
            assertThrows(CertificateException.class, () -> JobSigning.check(CHECK, mixed, JOB, SPEC));
        }
    }

    @Property(tries = 300)
    void aSealOfNonsenseIsRefused(@ForAll String a, @ForAll String b, @ForAll String c, @ForAll String d) {
        if (a.length() + b.length() + c.length() + d.length() < 8_000) {
            JobSeal nonsense = new JobSeal(SEAL.owner(), a, b, c, d);
            assertThrows(
                    CertificateException.class,
                    () -> JobSigning.check(CHECK, nonsense, JOB, SPEC.code(), SPEC.limits()));
            JobSeal half = new JobSeal(SEAL.owner(), SEAL.certificate(), b, c, d);
            assertThrows(
                    CertificateException.class, () -> JobSigning.check(CHECK, half, JOB, SPEC.code(), SPEC.limits()));
        }
    }
}
