package io.flockwork.sdk.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/** An agent's status as people read it. */
final class AgentReport {
    private final Map<String, Object> status;

    AgentReport(Map<String, Object> status) {
        this.status = status;
    }

    void print(PrintStream out) {
        line(out, "worker", status.get("name") + " (" + status.get("id") + "), process " + status.get("pid"));
        line(out, "grid", status.get("grid") + ", as " + status.get("role"));
        line(out, "since", Moments.local(number("sinceMillis")));
        line(out, "state", state());
        line(out, "slots", number("busySlots") + " of " + number("slots") + " busy");
        line(out, "units done", number("unitsDone"));
        line(out, "unacknowledged", number("unacknowledged"));
        line(
                out,
                "home core",
                status.get("home") + (isTrue("homeReached") || isTrue("paused") ? "" : " (not reached)"));
        if (status.get("protection") != null) {
            line(out, "protection", status.get("protection"));
        }
        if (status.get("refuted") instanceof List<?> refuted && !refuted.isEmpty()) {
            line(out, "refused", refuted.size() + " of its answers; the last: " + last(refuted.get(0)));
        }
        if (status.get("jobs") instanceof List<?> jobs && !jobs.isEmpty()) {
            out.println();
            table(jobs).print(out);
        }
    }

    /** One sentence: paused, at work, or idle and why. */
    String state() {
        if (isTrue("paused")) {
            return status.get("pausedUntilMillis") instanceof Number
                    ? "paused until " + Moments.local(number("pausedUntilMillis"))
                    : "paused until told to resume";
        }
        return status.get("idle") == null ? "at work" : "idle: " + status.get("idle");
    }

    private static String last(Object refuted) {
        return refuted instanceof Map<?, ?> answer
                ? "unit " + answer.get("unit") + " of job " + answer.get("job")
                : "unknown";
    }

    private static Table table(List<?> jobs) {
        Table table = new Table("JOB", "NAME", "TYPE", "DONE", "IN HAND", "UNACKNOWLEDGED");
        for (Object each : jobs) {
            if (each instanceof Map<?, ?> job) {
                Object name = job.get("name");
                table.row(
                        job.get("id"),
                        name == null ? "-" : name,
                        job.get("type"),
                        job.get("unitsDone"),
                        job.get("unitsInHand"),
                        job.get("unacknowledged"));
            }
        }
        return table;
    }

    private long number(String name) {
        return status.get(name) instanceof Number number ? number.longValue() : 0;
    }

    private boolean isTrue(String name) {
        return Boolean.TRUE.equals(status.get(name));
    }

    private static void line(PrintStream out, String what, Object value) {
        out.printf("%-15s%s%n", what, Troubles.oneLine(String.valueOf(value)));
    }
}
