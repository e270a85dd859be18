package io.flockwork.worker.api;

import io.flockwork.sdk.model.JobRecord;
import io.flockwork.sdk.model.NamedBlob;
import io.flockwork.sdk.model.Outcome;
import io.flockwork.sdk.web.Problem;
import io.flockwork.sdk.wire.ResultList;
import io.flockwork.sdk.wire.ResultList.Body;
import io.flockwork.sdk.wire.ResultList.Entry;
import io.flockwork.worker.swarm.Swarm;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Function;

/** What an ended job's units gave, read from this core's swarm. Blocks. */
final class Results {
    private final Swarm swarm;
    private final Outcome outcome;
    private final NamedBlob list;

    private Results(Swarm swarm, Outcome outcome, NamedBlob list) {
        this.swarm = swarm;
        this.outcome = outcome;
        this.list = list;
    }

    /** Bytes, with their number where it is known. */
    record Sized(InputStream bytes, OptionalLong size) {}

    /** @throws Problem when the job has none, or none yet */
    static Results of(JobRecord job, Swarm swarm) {
        if (job.outcome().isEmpty()) {
            throw new Problem(409, "job " + job.id() + " has not ended; its results come with its end");
        }
        return find(job, swarm).orElseThrow(() -> new Problem(404, "job " + job.id() + " has no results"));
    }

    /** The same; absent when the job has none, or none yet. */
    private static Optional<Results> find(JobRecord job, Swarm swarm) {
        return job.outcome().flatMap(outcome -> outcome.results().map(list -> new Results(swarm, outcome, list)));
    }

    /** A page of them, without their bytes. */
    JsonObject page(Page page) throws IOException {
        JsonArray results = new JsonArray();
        int number = 0;
        try (InputStream in = entries()) {
            Iterator<Entry> entries = ResultList.read(in);
            for (; entries.hasNext(); number++) {
                Entry entry = entries.next();
                if (number >= page.offset() && results.size() < page.limit()) {
                    results.add(json(number, entry));
                }
            }
        }
        return new JsonObject().put("results", results).put("total", number).put("unverified", unverified());
    }

    /** Those that became final behind a number, with their bytes where these are few; {@code ended} when no more follow. */
    static JsonObject json(List<Entry> finals, long after, boolean ended) {
        JsonArray results = new JsonArray();
        long last = after;
        for (Entry entry : finals) {
            JsonObject json = json(entry).put("sequence", entry.sequence());
            if (entry.body().orElse(null) instanceof Body.Inline inline) {
                // The library would take other letters than most expect, and no padding.
                json.put("output", Base64.getEncoder().encodeToString(inline.bytes()));
            }
            results.add(json);
            last = entry.sequence();
        }
        return new JsonObject().put("results", results).put("after", last).put("ended", ended);
    }

    /** The same of a job that has ended; none where it has no results. */
    static JsonObject rest(JobRecord job, Swarm swarm, Finals.Question question) throws IOException {
        Optional<Results> results = find(job, swarm);
        if (results.isEmpty()) {
            return json(List.of(), question.after(), job.outcome().isPresent());
        }
        return results.get().behind(question);
    }

    private JsonObject behind(Finals.Question question) throws IOException {
        TreeMap<Long, Entry> next = new TreeMap<>();
        try (InputStream in = entries()) {
            for (Iterator<Entry> entries = ResultList.read(in); entries.hasNext(); ) {
                Entry entry = entries.next();
                if (entry.sequence() > question.after()) {
                    next.put(entry.sequence(), entry);
                }
                if (next.size() > question.most() + 1) {
                    next.pollLastEntry();
                }
            }
        }
        boolean ended = next.size() <= question.most();
        return json(next.values().stream().limit(question.most()).toList(), question.after(), ended);
    }

    private static JsonObject json(int number, Entry entry) {
        return json(entry).put("unit", number);
    }

    private static JsonObject json(Entry entry) {
        return new JsonObject()
                .put("from", entry.unit().from())
                .put("to", entry.unit().to())
                .put("inputName", entry.inputName())
                .put("size", entry.body().map(Results::size).orElse(null))
                .put("verified", entry.verified())
                .put("failure", entry.failure())
                .put("stderr", new String(entry.stderr(), StandardCharsets.UTF_8));
    }

    private static long size(Body body) {
        return body instanceof Body.Inline inline ? inline.bytes().length : ((Body.Stored) body).size();
    }

    /** Results that too few others could confirm. */
    long unverified() {
        return outcome.unverified();
    }

    /** A job's units, whose bytes are not looked at, as they are read by this; none where it has no results. */
    static <T> T units(JobRecord job, Swarm swarm, Function<EndedUnits, T> reader) throws IOException {
        Optional<Results> results = find(job, swarm);
        if (results.isEmpty()) {
            return reader.apply(new EndedUnits(Collections.emptyIterator()));
        }
        try (InputStream in = results.get().entries()) {
            return reader.apply(new EndedUnits(ResultList.read(in)));
        }
    }

    /** That of the unit with this place in order. */
    Sized unit(int wanted) throws IOException {
        return first("unit " + wanted, (place, entry) -> place == wanted);
    }

    /** That of the unit that became final under this number. */
    Sized ofFinal(long sequence) throws IOException {
        return first("final result " + sequence, (place, entry) -> entry.sequence() == sequence);
    }

    private Sized first(String named, BiPredicate<Integer, Entry> wanted) throws IOException {
        try (InputStream in = entries()) {
            Iterator<Entry> entries = ResultList.read(in);
            for (int place = 0; entries.hasNext(); place++) {
                Entry entry = entries.next();
                if (wanted.test(place, entry)) {
                    return sized(swarm, named, entry);
                }
            }
        }
        throw Problem.notFound(named);
    }

    /** A listed result's bytes. */
    static Sized sized(Swarm swarm, String named, Entry entry) throws IOException {
        Body body = entry.body().orElseThrow(() -> new Problem(404, named + " failed: " + entry.failure()));
        return new Sized(open(swarm, body), OptionalLong.of(size(body)));
    }

    private InputStream entries() throws IOException {
        return new BufferedInputStream(swarm.open(list.blob()));
    }

    private InputStream opened(Entry entry) throws IOException {
        return entry.body().isPresent() ? open(swarm, entry.body().get()) : InputStream.nullInputStream();
    }

    private static InputStream open(Swarm swarm, Body body) throws IOException {
        return body instanceof Body.Inline inline
                ? new ByteArrayInputStream(inline.bytes())
                : swarm.open(((Body.Stored) body).blob());
    }

    /** The combined one, or all units' in their order. */
    Sized whole() throws IOException {
        Optional<NamedBlob> combined = outcome.combined();
        if (combined.isPresent()) {
            return new Sized(
                    swarm.open(combined.get().blob()),
                    OptionalLong.of(combined.get().size()));
        }
        InputStream listed = entries();
        return new Sized(new UnitBytes(listed, ResultList.read(listed), this::opened), OptionalLong.empty());
    }

    /** The signed votes. */
    Sized proof() throws IOException {
        NamedBlob proof = outcome.proof().orElseThrow(() -> new Problem(404, "nobody has signed this job's results"));
        return new Sized(swarm.open(proof.blob()), OptionalLong.of(proof.size()));
    }
}
