package io.flockwork.sdk.client;

import io.flockwork.sdk.identity.Credentials;
import io.flockwork.sdk.identity.GridTls;
import io.flockwork.sdk.identity.JobSigning;
import io.flockwork.sdk.identity.MemberCheck;
import io.flockwork.sdk.identity.Membership;
import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.Conduct;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.WorkerInfo;
import io.flockwork.sdk.wire.BlobClient;
import io.flockwork.sdk.wire.ClientMessage.Request;
import io.flockwork.sdk.wire.ClientMessage.Response;
import io.flockwork.sdk.wire.ClientMessage.Status;
import io.flockwork.sdk.wire.Codec;
import io.flockwork.sdk.wire.Dialer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** A grid across the network: one conversation with whichever core answers. */
final class RemoteGrid implements Grid {
    private static final String REVOKED = "this login has been revoked by the grid's operator";

    private final RandomGenerator random;
    private final Credentials credentials;
    private final RevokedFile revoked;
    private final Dialer dialer;
    private final Cores cores;
    private final FailOver failOver;
    private final Line line;
    private final Watches watches;
    private final RemoteBlobs blobs;
    private final FinalPages pages;

    private RemoteGrid(
            GridTls tls, RevokedFile revoked, Dialer dialer, Cores cores, Patience patience, RandomGenerator random) {
        this.random = random;
        this.credentials = tls.credentials();
        this.revoked = revoked;
        this.dialer = dialer;
        this.cores = cores;
        failOver = new FailOver(cores, patience, System::nanoTime);
        line = new Line(dialer, new Codec(), failOver, patience, tls.revocations());
        watches = new Watches(line, dialer.threads(), patience.watch());
        blobs = new RemoteBlobs(failOver, new BlobClient(dialer), dialer.threads());
        pages = new FinalPages(failOver, dialer, patience.watch());
        line.tell(watches);
        tls.revocations().listen(() -> {
            if (tls.isRevoked()) {
                failOver.close(REVOKED);
            }
        });
        long millis = patience.refresh().toMillis();
        dialer.timer()
                .scheduleWithFixedDelay(
                        () -> dialer.threads().execute(cores::refresh), millis, millis, TimeUnit.MILLISECONDS);
    }

    /** @throws GridException UNREACHABLE when neither an entrance nor a core remembered answers, or this member has been revoked */
    static RemoteGrid connect(Membership member, List<Address> entrances, Path home, Patience patience) {
        RandomGenerator random = new SecureRandom();
        RevokedFile revoked = RevokedFile.open(
                member.credentials().authority(), home, member.credentials().grid());
        GridTls tls = new GridTls(member.credentials(), revoked.revocations());
        Dialer dialer = new Dialer(tls);
        List<Address> doors = entrances.isEmpty() ? List.of(member.coordinator()) : entrances;
        try {
            CoreMemory memory = CoreMemory.of(member.credentials().grid(), home);
            Cores cores = new Cores(dialer, tls.revocations(), doors, memory, patience.answer(), random);
            requireMember(tls);
            cores.find();
            requireMember(tls);
            return new RemoteGrid(tls, revoked, dialer, cores, patience, random);
        } catch (GridException unreachable) {
            dialer.close();
            revoked.close();
            requireMember(tls);
            throw unreachable;
        }
    }

    private static void requireMember(GridTls tls) {
        if (tls.isRevoked()) {
            throw new GridException(GridException.Kind.UNREACHABLE, REVOKED);
        }
    }

    @Override
    public JobHandle submit(JobRequest request) {
        Draft draft = Draft.of(request);
        JobId id = JobId.random(random);
        blobs.upload(draft.blobs());
        status(line.ask(new Request.Submit(id, draft.spec(), JobSigning.seal(credentials, id, draft.spec()))));
        return job(id);
    }

    @Override
    public JobHandle job(JobId id) {
        return new RemoteJob(id, line, watches, blobs, pages);
    }

    @Override
    public List<JobStatus> jobs() {
        if (line.ask(new Request.ListJobs()) instanceof Response.Jobs answer) {
            return answer.jobs().stream()
                    .map(RemoteGrid::seen)
                    .sorted(Comparator.comparingLong(
                                    (JobStatus job) -> job.record().submittedMillis())
                            .reversed())
                    .toList();
        }
        throw strange();
    }

    @Override
    public List<WorkerInfo> workers() {
        if (line.ask(new Request.ListWorkers()) instanceof Response.Workers answer) {
            return answer.workers();
        }
        throw strange();
    }

    @Override
    public List<Conduct> conducts() {
        return conducts(new Request.ListConducts());
    }

    @Override
    public Conduct pardon(NodeId worker) {
        return conducts(new Request.Pardon(worker)).stream().findFirst().orElseThrow(RemoteGrid::strange);
    }

    private List<Conduct> conducts(Request question) {
        if (line.ask(question) instanceof Response.Conducts answer) {
            return answer.conducts();
        }
        throw strange();
    }

    @Override
    public Credit credit() {
        MemberCheck members = new MemberCheck(credentials.authority());
        return new RemoteCredit(new CreditNews(dialer), members).of(cores.inOrder());
    }

    @Override
    public void close() {
        failOver.close("this connection to the grid was closed");
        line.hangUp();
        dialer.close();
        revoked.close();
    }

    static JobStatus status(Response response) {
        if (response instanceof Response.Job answer) {
            return seen(answer.status());
        }
        throw strange();
    }

    static GridException strange() {
        return new GridException(GridException.Kind.UNREACHABLE, "the core gave an answer to another question");
    }

    private static JobStatus seen(Status status) {
        return new JobStatus(status.record(), status.progress());
    }
}
