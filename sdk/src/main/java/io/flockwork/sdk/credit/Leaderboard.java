package io.flockwork.sdk.credit;

import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.NodeId;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Who has done how much, over all credit logs. A job that two cores have thanked for, because one took over from the other, counts once. */
public final class Leaderboard {
    private final Map<String, Row> rows = new LinkedHashMap<>();

    /** Whose credit is added up. */
    public enum By {
        WORKER(entry -> entry.worker().value()),
        OPERATOR(CreditEntry::operator),
        /** Workers without a team are left out. */
        TEAM(CreditEntry::team);

        private final Function<CreditEntry, String> name;

        By(Function<CreditEntry, String> name) {
            this.name = name;
        }
    }

    /**
     * One line of the board.
     *
     * @param work in units of fuel, those of units without it converted ({@link CreditEntry#FUEL_OF_A_MICRO})
     */
    public record Row(String name, long jobs, long units, long fuel, long micros, double work) {
        /** What people see: the work in billions of units of fuel. */
        public double credit() {
            return work / 1e9;
        }

        private Row plus(Row more) {
            return new Row(
                    name,
                    jobs + more.jobs,
                    units + more.units,
                    fuel + more.fuel,
                    micros + more.micros,
                    work + more.work);
        }
    }

    private Leaderboard() {}

    /** The most work first. */
    public static List<Row> of(Collection<CreditLog> logs, By by) {
        Leaderboard board = new Leaderboard();
        Map<JobId, NodeId> thankedBy = new HashMap<>();
        Map<String, Set<JobId>> jobs = new HashMap<>();
        logs.stream().sorted(Comparator.comparing(log -> log.head().id())).forEach(log -> {
            NodeId core = log.head().id();
            for (CreditEntry entry : log.entries()) {
                String name = by.name.apply(entry);
                boolean first = thankedBy.putIfAbsent(entry.job(), core) == null;
                if ((first || thankedBy.get(entry.job()).equals(core)) && !name.isEmpty()) {
                    boolean another =
                            jobs.computeIfAbsent(name, one -> new HashSet<>()).add(entry.job());
                    board.add(entry, name, another);
                }
            }
        });
        return board.rows.values().stream()
                .sorted(Comparator.comparingDouble(Row::work).reversed().thenComparing(Row::name))
                .toList();
    }

    private void add(CreditEntry entry, String name, boolean anotherJob) {
        Row row = new Row(name, anotherJob ? 1 : 0, entry.units(), entry.fuel(), entry.micros(), entry.work());
        rows.merge(name, row, Row::plus);
    }
}
