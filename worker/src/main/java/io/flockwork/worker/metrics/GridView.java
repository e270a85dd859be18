package io.flockwork.worker.metrics;

import io.flockwork.sdk.model.Conduct;
import io.flockwork.sdk.model.JobProgress;
import io.flockwork.sdk.model.JobRecord;
import io.flockwork.sdk.model.JobState;
import io.flockwork.sdk.model.Standing;
import io.flockwork.sdk.model.WorkerInfo;
import io.flockwork.worker.mesh.Mesh;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a core knows of its grid at one moment.
 *
 * @param slots of all workers
 * @param strikes of all workers
 * @param jobs how many are in each state
 * @param known how many workers have each standing
 * @param led how far the jobs are that this core leads, the newest first; of one just begun nothing is known yet
 */
record GridView(
        long cores,
        long edges,
        long slots,
        long strikes,
        Map<JobState, Long> jobs,
        Map<Standing, Long> known,
        List<JobProgress> led) {
    static final GridView NOTHING_KNOWN = new GridView(0, 0, 0, 0, Map.of(), Map.of(), List.of());

    private static final Comparator<JobRecord> NEWEST_FIRST =
            Comparator.comparingLong(JobRecord::submittedMillis).reversed();

    static GridView of(Mesh mesh) {
        Collection<WorkerInfo> cores = mesh.cores();
        Collection<WorkerInfo> edges = mesh.edges();
        Collection<JobRecord> jobs = mesh.jobs();
        Collection<Conduct> conducts = mesh.conducts();
        return new GridView(
                cores.size(),
                edges.size(),
                slots(cores) + slots(edges),
                conducts.stream()
                        .mapToLong(conduct -> conduct.reputation().strikes())
                        .sum(),
                jobs.stream().collect(Collectors.groupingBy(JobRecord::state, Collectors.counting())),
                conducts.stream()
                        .collect(Collectors.groupingBy(
                                conduct -> conduct.reputation().standing(), Collectors.counting())),
                jobs.stream()
                        .filter(job -> isLedBy(mesh, job))
                        .sorted(NEWEST_FIRST)
                        .flatMap(job -> mesh.progress(job.id()).stream())
                        .toList());
    }

    private static boolean isLedBy(Mesh mesh, JobRecord job) {
        return !job.state().ended() && job.master().filter(mesh.self()::equals).isPresent();
    }

    private static long slots(Collection<WorkerInfo> workers) {
        return workers.stream().mapToLong(WorkerInfo::slots).sum();
    }
}
