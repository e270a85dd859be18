package io.flockwork.worker.lease;

import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.wire.WorkerMessage.Directory;
import io.flockwork.sdk.wire.WorkerMessage.JobNotice;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** The jobs that this worker works for: those of the directory that are within its limits and signed, a desk for each. Confined to the agent's thread. */
final class OpenJobs {
    private final long memoryBytes;
    private final SignedJobs signed;
    private final Function<JobNotice, JobDesk> opener;
    private final Map<JobId, JobDesk> desks = new HashMap<>();
    private int declined;
    private int unsigned;
    private long unitsDoneBefore;

    /**
     * @param memoryBytes what a unit may have here
     * @param opener makes a desk for a job
     */
    OpenJobs(long memoryBytes, SignedJobs signed, Function<JobNotice, JobDesk> opener) {
        this.memoryBytes = memoryBytes;
        this.signed = signed;
        this.opener = opener;
    }

    /** Opens, moves and closes desks as the directory says; returns who leads the jobs that are open. */
    Set<Address> arrange(Directory directory) {
        declined = 0;
        unsigned = 0;
        Set<JobId> named = new HashSet<>();
        Set<Address> leading = new HashSet<>();
        for (JobNotice notice : directory.jobs()) {
            if (isWelcome(notice)) {
                named.add(notice.job());
                leading.add(notice.master());
                desks.computeIfAbsent(notice.job(), id -> opener.apply(notice)).follow(notice);
            }
        }
        closeOthersThan(named);
        return leading;
    }

    /** Beyond the volunteer's limit, or of nobody's wish: such a job is not asked for. */
    private boolean isWelcome(JobNotice notice) {
        if (notice.limits().memoryBytes() > memoryBytes) {
            declined++;
            return false;
        }
        boolean trusted = signed.trusts(notice);
        unsigned += trusted ? 0 : 1;
        return trusted;
    }

    private void closeOthersThan(Set<JobId> named) {
        desks.values().removeIf(desk -> {
            boolean over = !named.contains(desk.job());
            if (over) {
                unitsDoneBefore += desk.unitsDone();
                desk.close();
            }
            return over;
        });
    }

    /** Asks for units wherever those at hand will not last; each job has its share of the worker's time. */
    void askAll() {
        int weights = desks.values().stream().mapToInt(JobDesk::weight).sum();
        desks.values().forEach(desk -> {
            desk.share((double) desk.weight() / weights);
            desk.askIfHungry();
        });
    }

    /** Does this at the job's desk, where it is open. */
    void at(JobId job, Consumer<JobDesk> action) {
        JobDesk desk = desks.get(job);
        if (desk != null) {
            action.accept(desk);
        }
    }

    Collection<JobDesk> all() {
        return desks.values();
    }

    /** Each job as its user sees it, in the order of their ids. */
    List<AgentStatus.JobStatus> status(Predicate<Address> reached) {
        return desks.values().stream()
                .map(desk -> desk.status(reached.test(desk.master())))
                .sorted(Comparator.comparing(AgentStatus.JobStatus::job))
                .toList();
    }

    /** Results that this worker has given, in jobs that are over, too. */
    long unitsDone() {
        return unitsDoneBefore
                + desks.values().stream().mapToLong(JobDesk::unitsDone).sum();
    }

    /** Jobs of the directory that want more memory than there is. */
    int declined() {
        return declined;
    }

    /** Jobs of the directory that nobody known has signed. */
    int unsigned() {
        return unsigned;
    }
}
