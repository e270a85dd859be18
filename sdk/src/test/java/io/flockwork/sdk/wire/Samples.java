package io.flockwork.sdk.wire;

import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.Assurance;
import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.Code;
import io.flockwork.sdk.model.Conduct;
import io.flockwork.sdk.model.Guarantee;
import io.flockwork.sdk.model.JobChange;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.JobProgress;
import io.flockwork.sdk.model.JobRecord;
import io.flockwork.sdk.model.JobSeal;
import io.flockwork.sdk.model.JobSpec;
import io.flockwork.sdk.model.JobState;
import io.flockwork.sdk.model.Judgement;
import io.flockwork.sdk.model.Limits;
import io.flockwork.sdk.model.NamedBlob;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.Outcome;
import io.flockwork.sdk.model.Recipe;
import io.flockwork.sdk.model.Reputation;
import io.flockwork.sdk.model.Slice;
import io.flockwork.sdk.model.Span;
import io.flockwork.sdk.model.Standing;
import io.flockwork.sdk.model.Strike;
import io.flockwork.sdk.model.UnitOutcome;
import io.flockwork.sdk.model.VoteSeal;
import io.flockwork.sdk.model.WorkerInfo;
import io.flockwork.sdk.wire.ClientMessage.Call;
import io.flockwork.sdk.wire.ClientMessage.Refusal;
import io.flockwork.sdk.wire.ClientMessage.Reply;
import io.flockwork.sdk.wire.ClientMessage.Request;
import io.flockwork.sdk.wire.ClientMessage.Response;
import io.flockwork.sdk.wire.ClientMessage.Status;
import io.flockwork.sdk.wire.WorkerMessage.Answer;
import io.flockwork.sdk.wire.WorkerMessage.LeasedUnit;
import io.flockwork.sdk.wire.WorkerMessage.UnitReport;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One of each thing that has a number on the wire. */
final class Samples {
    private static final BlobId BLOB = new BlobId("0123456789abcdef".repeat(4));
    private static final NamedBlob FILE = new NamedBlob("input.txt", BLOB, 1_000_000);
    private static final JobId JOB = new JobId("abcdefgh");
    private static final NodeId NODE = new NodeId("node234");
    private static final Address ADDRESS = new Address("core.example.org", 7701);
    private static final Span SPAN = new Span(100, 250);
    private static final Code WASM = new Code.Wasm(BLOB, BLOB, List.of("-v", "é"));
    private static final JobSpec SPEC = spec(new Recipe.Range(-5, 1_000_000_000_000L, 0));
    private static final JobSeal SEAL = new JobSeal(NODE, "Y2VydA==", "a2V5", "cmVzdA==", "c2ln");
    private static final VoteSeal VOTES = new VoteSeal(
            "0123456789abcdef".repeat(2), 5, BLOB, "ants", Base64.getEncoder().encodeToString(new byte[64]));
    private static final Outcome OUTCOME = new Outcome(
            "unit 7: exit code 3",
            Optional.of(FILE),
            Optional.empty(),
            2,
            Guarantee.SMALL_JURY,
            1_700_000_000_000L,
            Optional.of(FILE));
    private static final JobRecord RECORD = new JobRecord(
            JOB, SPEC, SEAL, JobState.RUNNING, 3, Optional.of(NODE), 1_600_000_000_000L, Optional.of(OUTCOME));
    private static final JobProgress PROGRESS = new JobProgress(
            JOB,
            JobState.RUNNING,
            1,
            2,
            3,
            4,
            5,
            6,
            7,
            8.5,
            "waiting",
            List.of(new JobProgress.WorkerShare(NODE, "w", 9, 10, 11)));
    private static final Status STATUS = new Status(RECORD, Optional.of(PROGRESS));
    private static final WorkerInfo WORKER =
            new WorkerInfo(NODE, "name", "operator", "site", true, "team", 4, 1L << 33, ADDRESS, ADDRESS, 12);
    private static final byte[] BYTES = {1, 2, 3};
    private static final Strike STRIKE = new Strike(JOB, new Span(3, 5), BLOB, BLOB, true, false, 9);
    private static final Conduct CONDUCT = new Conduct(Reputation.of(NODE, true), 3, 4, List.of(STRIKE));

    private Samples() {}

    private static JobSpec spec(Recipe recipe) {
        return new JobSpec("name", WASM, recipe, "sum", Assurance.DEFAULT, Limits.DEFAULT, 10, 30_000);
    }

    static List<Message> messages() {
        return List.of(
                new Call(1, new Request.Submit(JOB, SPEC, SEAL)),
                new Call(2, new Request.Watch(JOB)),
                new Call(300, new Request.Look(JOB)),
                new Call(4, new Request.Cancel(JOB)),
                new Call(5, new Request.ListJobs()),
                new Call(6, new Request.ListWorkers()),
                new Call(7, new Request.ListConducts()),
                new Call(8, new Request.Pardon(NODE)),
                new Reply(7, new Response.Conducts(List.of(CONDUCT))),
                new WorkerMessage.Judged(CONDUCT),
                new Reply(1, new Response.Job(STATUS)),
                new Reply(2, new Response.Jobs(List.of(STATUS))),
                new Reply(3, new Response.Workers(List.of(WORKER))),
                new Reply(4, new Response.Refused(Refusal.NOT_FOUND, "there is no such job")),
                new ClientMessage.Update(STATUS),
                new WorkerMessage.Hello(Message.PROTOCOL, WORKER, "a2V5"),
                new WorkerMessage.Directory(
                        List.of(new WorkerMessage.JobNotice(JOB, ADDRESS, 3, WASM, Limits.DEFAULT, true, 10, SEAL))),
                new WorkerMessage.Ask(JOB, 4, 2.5, 1000, 500),
                new WorkerMessage.Leases(
                        JOB,
                        List.of(
                                new LeasedUnit(SPAN, Optional.empty()),
                                new LeasedUnit(new Span(1, 2), Optional.of(new Slice(BLOB, 10, 20, "f"))),
                                new LeasedUnit(new Span(2, 3), Optional.of(new Slice(BLOB, 30, 40, "f"))))),
                new WorkerMessage.Report(
                        JOB,
                        List.of(
                                new UnitReport(SPAN, new Answer.Inline(BYTES, new byte[0], 1234, 5678)),
                                new UnitReport(SPAN, new Answer.Uploaded(BLOB, 1 << 20, BYTES, 5, 1L << 40)),
                                new UnitReport(SPAN, new Answer.Failed(new UnitOutcome.Failed("trap", BYTES, 6))))),
                new WorkerMessage.Report(
                        JOB,
                        List.of(new UnitReport(SPAN, new Answer.Inline(BYTES, new byte[0], 1234))),
                        Optional.of(VOTES)),
                new WorkerMessage.Acknowledged(JOB, List.of(SPAN)),
                new WorkerMessage.InHand(JOB, List.of(SPAN)),
                new WorkerMessage.Dropped(JOB, List.of(SPAN)),
                new WorkerMessage.NotLed(JOB),
                new WorkerMessage.Refused("another protocol"),
                new WorkerMessage.Cores(List.of(ADDRESS)),
                new RevokedNodes("1\nc2ln\nnode234\n"));
    }

    /** What travels inside messages, or between cores only. */
    static List<Object> parts() {
        return List.of(
                BYTES,
                Set.of("one"),
                Map.of("key", "value"),
                JobState.CANCELLED,
                new Code.Java("primes", Map.of("to", "10")),
                new Recipe.Lines(FILE),
                new Recipe.Chunks(FILE, 1 << 20),
                new Recipe.Each(List.of(FILE, FILE)),
                new Recipe.Listed(FILE, FILE),
                new Recipe.Own(),
                new JobChange.Claim(NODE, 2),
                new JobChange.End(3, JobState.DONE, OUTCOME),
                new JobChange.Cancel(5),
                new Assurance.Quorum(2),
                new Judgement.Seen(Reputation.of(NODE, false), 2, List.of(STRIKE)),
                new Judgement.Remembered(CONDUCT),
                new Judgement.Pardon(),
                Standing.BANNED,
                Guarantee.SMALL_JURY);
    }
}
