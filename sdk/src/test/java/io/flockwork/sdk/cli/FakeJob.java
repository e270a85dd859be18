package io.flockwork.sdk.cli;

import io.flockwork.sdk.client.Grid.JobStatus;
import io.flockwork.sdk.client.JobHandle;
import io.flockwork.sdk.client.JobRequest;
import io.flockwork.sdk.client.JobResult;
import io.flockwork.sdk.client.UnitResult;
import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.Code;
import io.flockwork.sdk.model.Guarantee;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.JobProgress;
import io.flockwork.sdk.model.JobRecord;
import io.flockwork.sdk.model.JobSeal;
import io.flockwork.sdk.model.JobSpec;
import io.flockwork.sdk.model.JobState;
import io.flockwork.sdk.model.NamedBlob;
import io.flockwork.sdk.model.Outcome;
import io.flockwork.sdk.model.Recipe;
import io.flockwork.sdk.model.Span;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A job whose units give back their input; one that contains {@code fail} fails, a job named {@code stuck} never ends. */
final class FakeJob implements JobHandle {
    private final JobId id;
    private final JobRequest request;
    private final List<UnitResult> units = new ArrayList<>();
    private JobState state;

    FakeJob(JobId id, JobRequest request) {
        this.id = id;
        this.request = request;
        request.source().ifPresent(this::split);
        boolean failed = units.stream().anyMatch(unit -> !unit.failure().isEmpty());
        state = request.name().equals("stuck") ? JobState.RUNNING : failed ? JobState.FAILED : JobState.DONE;
    }

    private void split(JobRequest.Source source) {
        try {
            if (source instanceof JobRequest.Source.Range range) {
                long step = Math.max(10, (range.to() - range.from()) / 20);
                for (long from = range.from(); from < range.to(); from += step) {
                    Span span = new Span(from, Math.min(from + step, range.to()));
                    unit(span, "", span.from() + " " + span.to() + "\n");
                }
            } else if (source instanceof JobRequest.Source.Lines lines) {
                for (String line : Files.readAllLines(lines.file())) {
                    unit(next(), "", line + "\n");
                }
            } else if (source instanceof JobRequest.Source.Each each) {
                for (Path file : each.files()) {
                    unit(next(), file.getFileName().toString(), Files.readString(file));
                }
            } else if (source instanceof JobRequest.Source.Listed listed) {
                listed.units().forEach(bytes -> unit(next(), "", new String(bytes, StandardCharsets.UTF_8)));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private Span next() {
        return new Span(units.size(), units.size() + 1L);
    }

    private void unit(Span span, String name, String input) {
        boolean fails = input.contains("fail");
        byte[] bytes = input.getBytes(StandardCharsets.UTF_8);
        units.add(new UnitResult(
                units.size(),
                span,
                name,
                fails ? "exit code 3 after 3 tries" : "",
                (fails ? "reading\n" + "x".repeat(70) + " is no number\n" : "").getBytes(StandardCharsets.UTF_8),
                fails ? Optional.empty() : Optional.of(() -> new ByteArrayInputStream(bytes)),
                !fails));
    }

    /** Those that have results first, the last of them first of all. */
    @Override
    public Stream<UnitResult> finals() {
        Comparator<UnitResult> failedLast =
                Comparator.comparing(unit -> unit.output().isEmpty());
        return units.stream()
                .sorted(failedLast.thenComparing(UnitResult::number, Comparator.reverseOrder()))
                .map(unit -> new UnitResult(
                        unit.span().from(),
                        unit.span(),
                        unit.inputName(),
                        unit.failure(),
                        unit.stderr(),
                        unit.output(),
                        unit.verified()));
    }

    JobRequest request() {
        return request;
    }

    @Override
    public JobId id() {
        return id;
    }

    @Override
    public JobStatus status() {
        return new JobStatus(record(), Optional.of(progress()));
    }

    private JobRecord record() {
        Code code = request.program() instanceof JobRequest.Program.Type type
                ? new Code.Java(type.name(), type.parameters())
                : new Code.Wasm(new BlobId("0".repeat(64)), new BlobId("1".repeat(64)), List.of());
        String name = request.name().isEmpty() ? "job" : request.name();
        JobSpec spec = new JobSpec(
                name,
                code,
                request.source().orElse(null) instanceof JobRequest.Source.Range range
                        ? new Recipe.Range(range.from(), range.to())
                        : new Recipe.Range(0, units.size()),
                "",
                request.assurance(),
                request.limits(),
                request.priority());
        Outcome outcome = new Outcome(failure(), Optional.of(someBlob()), Optional.empty(), 0, Guarantee.LOTTERY, 1000);
        return new JobRecord(
                id,
                spec,
                new JobSeal(FakeGrid.WORKER, "", "", "", ""),
                state,
                1,
                Optional.of(FakeGrid.WORKER),
                0,
                state.ended() ? Optional.of(outcome) : Optional.empty());
    }

    private static NamedBlob someBlob() {
        return new NamedBlob("results", new BlobId("1".repeat(64)), 1);
    }

    private String failure() {
        return units.stream()
                .filter(unit -> !unit.failure().isEmpty())
                .findFirst()
                .map(unit -> "unit " + unit.number() + " (" + unit.inputName() + "): " + unit.failure())
                .orElse("");
    }

    private JobProgress progress() {
        long failed = units.stream().filter(unit -> !unit.failure().isEmpty()).count();
        List<JobProgress.WorkerShare> shares =
                List.of(new JobProgress.WorkerShare(FakeGrid.WORKER, "ant", units.size() * 2L, 1, failed));
        return new JobProgress(
                id,
                state,
                units.size(),
                units.size(),
                units.size() - failed,
                failed,
                0,
                0,
                units.size() * 2L,
                -1,
                "",
                shares);
    }

    @Override
    public AutoCloseable onProgress(Consumer<JobProgress> listener) {
        listener.accept(progress());
        return () -> listener.accept(progress());
    }

    @Override
    public CompletableFuture<JobResult> result() {
        return state.ended() ? CompletableFuture.completedFuture(new Result()) : new CompletableFuture<>();
    }

    @Override
    public void cancel() {
        state = state.ended() ? state : JobState.CANCELLED;
    }

    private final class Result implements JobResult {
        @Override
        public JobRecord record() {
            return FakeJob.this.record();
        }

        @Override
        public Stream<UnitResult> units() {
            return units.stream();
        }

        @Override
        public Optional<InputStream> combined() {
            return request.combine().equals("sum")
                    ? Optional.of(new ByteArrayInputStream(("sum of " + units.size() + "\n").getBytes()))
                    : Optional.empty();
        }

        @Override
        public Optional<InputStream> proof() {
            return Optional.empty();
        }
    }
}
