package io.flockwork.worker.control;

import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.model.Code;
import io.flockwork.sdk.model.Conduct;
import io.flockwork.sdk.model.WorkerInfo;
import io.flockwork.worker.lease.AgentStatus;
import io.flockwork.worker.lease.AgentStatus.JobStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code flockwork status --json} prints.
 *
 * @param grid its id
 */
record StatusReport(WorkerInfo self, String grid, Role role, Agent agent) {
    /** Most jobs that are listed; the counts are of all. */
    private static final int MOST_JOBS = 1_000;

    Map<String, Object> of(AgentStatus now, Optional<Pause.Lasting> pause) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("name", self.name());
        report.put("id", self.id().value());
        report.put("grid", grid);
        report.put("role", role.word());
        report.put("pid", ProcessHandle.current().pid());
        report.put("sinceMillis", self.startedMillis());
        report.put("protection", agent.protection());
        report.put("slots", self.slots());
        report.put("busySlots", agent.busySlots());
        report.put("unitsDone", now.unitsDone());
        report.put(
                "unacknowledged",
                now.leftovers()
                        + now.jobs().stream()
                                .mapToInt(JobStatus::unacknowledged)
                                .sum());
        report.put("home", now.home().toString());
        report.put("homeReached", now.homeReached());
        report.put("paused", now.paused());
        report.put("pausedUntilMillis", until(pause));
        report.put("idle", Idleness.why(now).orElse(null));
        report.put(
                "standing",
                now.record()
                        .map(known -> known.reputation().standing().toString())
                        .orElse(null));
        report.put("refuted", now.record().map(StatusReport::refuted).orElse(List.of()));
        report.put("jobs", jobs(now));
        return report;
    }

    private static List<Map<String, Object>> refuted(Conduct record) {
        return record.strikes().stream()
                .map(strike -> Map.<String, Object>of(
                        "job", strike.job().value(),
                        "unit", strike.unit().toString(),
                        "given", strike.given().hex(),
                        "accepted", strike.accepted().hex()))
                .toList();
    }

    private static Long until(Optional<Pause.Lasting> pause) {
        return pause.filter(lasting -> lasting.until().isPresent())
                .map(lasting -> lasting.until().getAsLong())
                .orElse(null);
    }

    private List<Map<String, Object>> jobs(AgentStatus now) {
        return now.jobs().stream().limit(MOST_JOBS).map(this::job).toList();
    }

    private Map<String, Object> job(JobStatus job) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("id", job.job().value());
        report.put("name", agent.nameOf(job.job()).orElse(null));
        report.put("type", job.code() instanceof Code.Java java ? java.type() : "wasm");
        report.put("masterReached", job.masterReached());
        report.put("unitsDone", job.unitsDone());
        report.put("unitsInHand", job.unitsInHand());
        report.put("unacknowledged", job.unacknowledged());
        return report;
    }
}
