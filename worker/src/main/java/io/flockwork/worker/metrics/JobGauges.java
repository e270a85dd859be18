package io.flockwork.worker.metrics;

import io.flockwork.sdk.model.JobProgress;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.stream.Stream;

/** The jobs that this core leads, one by one: the newest {@value #MOST_JOBS} of them, lest their ids flood who reads them. */
final class JobGauges {
    static final int MOST_JOBS = 20;

    private final MultiGauge done;
    private final MultiGauge left;
    private final MultiGauge units;

    JobGauges(MeterRegistry registry) {
        done = MultiGauge.builder("flockwork.job.done.ratio")
                .description("Share of a job led here that is done, from 0 to 1")
                .register(registry);
        left = MultiGauge.builder("flockwork.job.left")
                .description("Seconds until a job led here ends, as its master estimates; absent when unknown")
                .baseUnit("seconds")
                .register(registry);
        units = MultiGauge.builder("flockwork.job.units")
                .description("Units of a job led here, by their state")
                .register(registry);
    }

    /** Replaces what was shown before. By one thread. */
    void show(List<JobProgress> led) {
        List<JobProgress> shown = led.subList(0, Math.min(MOST_JOBS, led.size()));
        done.register(shown.stream().map(job -> row(job, share(job))).toList(), true);
        left.register(
                shown.stream()
                        .filter(job -> job.secondsLeft() >= 0)
                        .map(job -> row(job, job.secondsLeft()))
                        .toList(),
                true);
        units.register(shown.stream().flatMap(JobGauges::byState).toList(), true);
    }

    private static double share(JobProgress job) {
        return job.indicesTotal() == 0 ? 0 : (double) job.indicesDone() / job.indicesTotal();
    }

    private static Stream<MultiGauge.Row<?>> byState(JobProgress job) {
        return Stream.of(
                row(job, job.unitsAccepted(), "state", "accepted"),
                row(job, job.unitsFailed(), "state", "failed"),
                row(job, job.unitsRunning(), "state", "running"),
                row(job, job.unitsContested(), "state", "contested"));
    }

    private static MultiGauge.Row<?> row(JobProgress job, double number, String... more) {
        return MultiGauge.Row.of(Tags.of("job_id", job.job().value()).and(more), number);
    }
}
