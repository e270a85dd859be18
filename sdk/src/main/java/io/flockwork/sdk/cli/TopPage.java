package io.flockwork.sdk.cli;

import io.flockwork.sdk.cli.TopView.BusyWorker;
import io.flockwork.sdk.cli.TopView.RunningJob;
import io.flockwork.sdk.model.JobProgress;
import io.flockwork.sdk.model.WorkerInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** A {@link TopView} as lines for people, or as a map for programs. */
final class TopPage {
    private static final int BAR_CELLS = 12;
    private static final int LONGEST_NAME = 30;

    private TopPage() {}

    /** All of it. */
    static List<String> lines(TopView view) {
        List<String> lines = new ArrayList<>();
        lines.add(head(view));
        lines.add("");
        lines.addAll(jobs(view));
        lines.add("");
        lines.addAll(workers(view));
        return lines;
    }

    /** As much as has room: jobs get no more than half of it while there are workers to show. */
    static List<String> lines(TopView view, int width, int height) {
        List<String> jobs = jobs(view);
        List<String> workers = workers(view);
        int room = Math.max(2, height - 3);
        int forJobs = Math.min(jobs.size(), Math.max(room / 2, room - workers.size()));
        List<String> lines = new ArrayList<>();
        lines.add(head(view));
        lines.add("");
        lines.addAll(cut(jobs, forJobs));
        lines.add("");
        lines.addAll(cut(workers, room - forJobs));
        return lines.stream()
                .limit(Math.max(1, height))
                .map(line -> line.length() > width ? line.substring(0, width) : line)
                .toList();
    }

    private static List<String> cut(List<String> lines, int most) {
        if (lines.size() <= most || most < 2) {
            return lines.subList(0, Math.min(lines.size(), Math.max(0, most)));
        }
        List<String> shown = new ArrayList<>(lines.subList(0, most - 1));
        shown.add("… " + (lines.size() - most + 1) + " more");
        return shown;
    }

    private static String head(TopView view) {
        return Moments.local(view.time().toEpochMilli()) + "  " + counted(view.cores(), "core") + ", " + view.edges()
                + " at the edge, " + counted(view.slots(), "slot") + "; "
                + rate(view.unitsPerSecond()) + " units/s; "
                + counted(view.running().size(), "job") + " running, " + view.waiting() + " waiting";
    }

    private static String counted(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private static List<String> jobs(TopView view) {
        if (view.running().isEmpty()) {
            return List.of("no job runs");
        }
        Table table =
                new Table("JOB", "NAME", "DONE", "", "UNITS", "UNITS/S", "LEFT", "RUNNING", "CONTESTED", "FAILED");
        for (RunningJob job : view.running()) {
            Optional<JobProgress> progress = job.progress();
            double share = progress.map(PlainProgress::share).orElse(0.0);
            table.row(
                    job.record().id(),
                    brief(job.record().spec().name()),
                    (int) (100 * share) + "%",
                    bar(share),
                    progress.map(JobProgress::unitsAccepted).orElse(0L),
                    rate(job.unitsPerSecond()),
                    progress.filter(now -> now.secondsLeft() >= 0)
                            .map(now -> ProgressBarDisplay.left(Math.round(now.secondsLeft())))
                            .orElse("-"),
                    progress.map(JobProgress::unitsRunning).orElse(0L),
                    progress.map(JobProgress::unitsContested).orElse(0L),
                    progress.map(JobProgress::unitsFailed).orElse(0L));
        }
        return table.lines();
    }

    private static List<String> workers(TopView view) {
        Table table = new Table("WORKER", "NAME", "ROLE", "SITE", "SLOTS", "ANSWERS/S", "ANSWERS", "SHARE");
        for (BusyWorker busy : view.byWorker()) {
            WorkerInfo worker = busy.worker();
            table.row(
                    worker.id().brief(),
                    brief(worker.name()),
                    role(worker),
                    worker.site().isEmpty() ? "-" : brief(worker.site()),
                    worker.slots(),
                    rate(busy.votesPerSecond()),
                    busy.votes(),
                    String.format(Locale.ROOT, "%.1f%%", 100 * busy.share()));
        }
        return table.lines();
    }

    private static String role(WorkerInfo worker) {
        return worker.isReachable() ? "core" : "edge";
    }

    private static String brief(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 1) + "…";
    }

    private static String bar(double share) {
        int full = (int) Math.round(Math.max(0, Math.min(1, share)) * BAR_CELLS);
        return "█".repeat(full) + "·".repeat(BAR_CELLS - full);
    }

    private static String rate(OptionalDouble rate) {
        if (rate.isEmpty()) {
            return "-";
        }
        double value = rate.getAsDouble();
        return String.format(Locale.ROOT, value >= 100 ? "%,.0f" : "%.1f", value);
    }

    /** Names stay; fields may be added. */
    static Map<String, Object> map(TopView view) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("time", view.time().toString());
        map.put("cores", view.cores());
        map.put("edges", view.edges());
        map.put("slots", view.slots());
        map.put("unitsPerSecond", number(view.unitsPerSecond()));
        map.put("waiting", view.waiting());
        map.put("jobs", view.running().stream().map(TopPage::map).toList());
        map.put("workers", view.byWorker().stream().map(TopPage::map).toList());
        return map;
    }

    private static Map<String, Object> map(RunningJob job) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("job", job.record().id().value());
        map.put("name", job.record().spec().name());
        map.put("done", job.progress().map(PlainProgress::share).orElse(0.0));
        map.put("unitsPerSecond", number(job.unitsPerSecond()));
        map.put(
                "secondsLeft",
                job.progress()
                        .map(JobProgress::secondsLeft)
                        .filter(left -> left >= 0)
                        .orElse(null));
        map.put("unitsAccepted", job.progress().map(JobProgress::unitsAccepted).orElse(0L));
        map.put("unitsRunning", job.progress().map(JobProgress::unitsRunning).orElse(0L));
        map.put(
                "unitsContested",
                job.progress().map(JobProgress::unitsContested).orElse(0L));
        map.put("unitsFailed", job.progress().map(JobProgress::unitsFailed).orElse(0L));
        return map;
    }

    private static Map<String, Object> map(BusyWorker busy) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("worker", busy.worker().id().value());
        map.put("name", busy.worker().name());
        map.put("role", role(busy.worker()));
        map.put("slots", busy.worker().slots());
        map.put("votes", busy.votes());
        map.put("share", busy.share());
        map.put("votesPerSecond", number(busy.votesPerSecond()));
        return map;
    }

    private static Double number(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }
}
