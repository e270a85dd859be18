package io.flockwork.sdk.client;

import io.flockwork.sdk.blob.BlobHasher;
import io.flockwork.sdk.blob.Manifest;
import io.flockwork.sdk.identity.RevocationList;
import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.Guarantee;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.JobRecord;
import io.flockwork.sdk.model.JobState;
import io.flockwork.sdk.model.NamedBlob;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.Outcome;
import io.flockwork.sdk.wire.ClientMessage.Request;
import io.flockwork.sdk.wire.ClientMessage.Response;
import io.flockwork.sdk.wire.ClientMessage.Status;
import io.flockwork.sdk.wire.ResultList;
import io.flockwork.sdk.wire.ResultList.Entry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What fake cores know together: jobs and blobs in memory. A test says when a core dies or misbehaves. */
final class FakeGrid implements AutoCloseable {
    /** Path of an HTTP request or name of a call, in the order in which they came; a core dies when this says so. */
    volatile Predicate<String> deadly = what -> false;

    /** What a core answers instead, if anything. */
    volatile Optional<Response> instead = Optional.empty();

    /** Who is a member no more, of which only cores that are on the list do not tell. */
    volatile Optional<RevocationList> revoked = Optional.empty();

    /** Cores whose pieces are wrong. */
    volatile Predicate<Address> lying = core -> false;

    final List<FakeCore> cores = new CopyOnWriteArrayList<>();
    final List<String> heard = new CopyOnWriteArrayList<>();
    final Map<JobId, Status> jobs = new ConcurrentHashMap<>();
    final Map<BlobId, Manifest> manifests = new ConcurrentHashMap<>();
    final Map<BlobId, byte[]> pieces = new ConcurrentHashMap<>();
    /** What masters tell of jobs that go on, in order. */
    final Map<JobId, List<Entry>> finals = new ConcurrentHashMap<>();

    final AtomicInteger submissions = new AtomicInteger();

    FakeGrid(int count) {
        for (int i = 0; i < count; i++) {
            cores.add(new FakeCore(this));
        }
    }

    List<Address> addresses() {
        return cores.stream().map(FakeCore::address).toList();
    }

    /** Kills the core that clients talk with. */
    void killTheWatched() {
        watched().kill();
    }

    FakeCore watched() {
        return cores.stream().filter(FakeCore::isWatched).findFirst().orElseThrow();
    }

    String meshAnswer(FakeCore by) {
        long version = revoked.filter(list -> !list.nodes().contains(by.id()))
                .map(RevocationList::version)
                .orElse(0L);
        return cores.stream()
                .filter(FakeCore::alive)
                .map(core -> "{\"id\":\"abc\",\"gateway\":\"" + core.address() + "\"}")
                .collect(Collectors.joining(",", "{\"grid\":\"g\",\"revocations\":" + version + ",\"cores\":[", "]}"));
    }

    Response answer(Request request) {
        if (instead.isPresent()) {
            return instead.get();
        }
        if (request instanceof Request.Submit submit) {
            JobRecord record =
                    JobRecord.submitted(submit.job(), submit.spec(), submit.seal(), submissions.incrementAndGet());
            return new Response.Job(jobs.computeIfAbsent(submit.job(), id -> new Status(record, Optional.empty())));
        }
        if (request instanceof Request.ListJobs) {
            return new Response.Jobs(List.copyOf(jobs.values()));
        }
        if (request instanceof Request.ListWorkers) {
            return new Response.Workers(List.of());
        }
        JobId id = jobOf(request);
        return jobs.containsKey(id)
                ? new Response.Job(jobs.get(id))
                : new Response.Refused(io.flockwork.sdk.wire.ClientMessage.Refusal.NOT_FOUND, "there is no job " + id);
    }

    static JobId jobOf(Request request) {
        if (request instanceof Request.Watch watch) {
            return watch.job();
        }
        return request instanceof Request.Look look ? look.job() : ((Request.Cancel) request).job();
    }

    /** The ids of the pieces that are missing. */
    byte[] offered(Manifest manifest) {
        manifests.put(manifest.id(), manifest);
        ByteArrayOutputStream missing = new ByteArrayOutputStream();
        manifest.pieces().stream()
                .distinct()
                .filter(piece -> !pieces.containsKey(piece))
                .forEach(piece -> missing.writeBytes(piece.digest()));
        return missing.toByteArray();
    }

    NamedBlob store(String name, byte[] bytes) {
        Manifest manifest = Manifest.of(bytes);
        manifests.put(manifest.id(), manifest);
        for (int i = 0; i < manifest.pieces().size(); i++) {
            int from = (int) manifest.pieceOffset(i);
            pieces.put(manifest.pieces().get(i), Arrays.copyOfRange(bytes, from, from + manifest.pieceSize(i)));
        }
        return new NamedBlob(name, manifest.id(), manifest.size());
    }

    byte[] content(BlobId blob) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        manifests.get(blob).pieces().forEach(piece -> all.writeBytes(pieces.get(piece)));
        return all.toByteArray();
    }

    boolean accept(BlobId id, byte[] piece) {
        boolean right = new BlobHasher().idOf(piece).equals(id);
        if (right) {
            pieces.put(id, piece);
        }
        return right;
    }

    /** Another master takes the job. */
    void run(JobId job) {
        JobRecord before = jobs.get(job).record();
        change(new JobRecord(
                job,
                before.spec(),
                before.seal(),
                JobState.RUNNING,
                before.epoch() + 1,
                Optional.of(new NodeId("abc")),
                before.submittedMillis(),
                Optional.empty()));
    }

    /** Empty when the job has ended. */
    Optional<List<Entry>> finals(JobId job, long after) {
        if (jobs.get(job).record().state().ended()) {
            return Optional.empty();
        }
        return Optional.of(finals.getOrDefault(job, List.of()).stream()
                .filter(entry -> entry.sequence() > after)
                .limit(2)
                .toList());
    }

    void finish(JobId job, List<Entry> results) throws IOException {
        ByteArrayOutputStream list = new ByteArrayOutputStream();
        try (ResultList.Writer writer = new ResultList.Writer(list)) {
            for (Entry entry : results) {
                writer.add(entry);
            }
        }
        NamedBlob blob = store("results", list.toByteArray());
        JobRecord before = jobs.get(job).record();
        Outcome outcome = new Outcome("", Optional.of(blob), Optional.empty(), 0, Guarantee.LOTTERY, 1);
        change(new JobRecord(
                job,
                before.spec(),
                before.seal(),
                JobState.DONE,
                before.epoch(),
                before.master(),
                0,
                Optional.of(outcome)));
    }

    private void change(JobRecord record) {
        Status status = new Status(record, Optional.empty());
        jobs.put(record.id(), status);
        cores.forEach(core -> core.update(status));
    }

    @Override
    public void close() {
        cores.forEach(FakeCore::close);
    }
}
