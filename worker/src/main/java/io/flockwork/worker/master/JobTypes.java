package io.flockwork.worker.master;

import io.flockwork.sdk.job.Combiner;
import io.flockwork.sdk.job.JobType;
import io.flockwork.sdk.job.Parameters;
import io.flockwork.sdk.model.Code;
import io.flockwork.sdk.model.JobSpec;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** The job types on this core's class path, by name. */
public final class JobTypes {
    /** The ways to combine that every job may ask for; the empty one is the job type's own. */
    static final List<String> COMBINERS = List.of("", "concat", "sum");

    private static final String SUM = "sum";

    private final Map<String, JobType> byName = new TreeMap<>();

    private JobTypes(Iterable<JobType> types) {
        types.forEach(type -> byName.put(type.name(), type));
    }

    /** These and no others. */
    static JobTypes of(Iterable<JobType> types) {
        return new JobTypes(types);
    }

    /** What {@link ServiceLoader} finds. */
    public static JobTypes installed() {
        return new JobTypes(ServiceLoader.load(JobType.class));
    }

    /** What makes one result of a job's, or empty: they stay side by side. */
    Optional<Combiner> combiner(JobSpec spec) {
        if (spec.combine().equals(SUM)) {
            return Optional.of(new SumCombiner());
        }
        if (spec.combine().isEmpty() && spec.code() instanceof Code.Java java) {
            JobType type = find(java.type())
                    .orElseThrow(() -> new IllegalArgumentException("no job type " + java.type() + " to combine with"));
            return type.combiner(Parameters.of(type, java.parameters()));
        }
        return Optional.empty();
    }

    Optional<JobType> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    Collection<String> names() {
        return byName.keySet();
    }
}
