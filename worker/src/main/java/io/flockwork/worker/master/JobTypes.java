package io.flockwork.worker.master;

import io.flockwork.sdk.job.Combiner;
import io.flockwork.sdk.job.JobType;
import io.flockwork.sdk.job.Parameters;
import io.flockwork.sdk.model.Code;
import io.flockwork.sdk.model.JobSpec;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
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

    /** What {@link ServiceLoader} finds on the class path and in these jars. */
    public static JobTypes installed(List<Path> jars) {
        URL[] urls = jars.stream().map(JobTypes::url).toArray(URL[]::new);
        // Open for as long as this process runs: its job types load classes when they are used.
        return new JobTypes(
                ServiceLoader.load(JobType.class, new URLClassLoader(urls, JobTypes.class.getClassLoader())));
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException impossible) {
            throw new IllegalStateException(impossible);
        }
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

    /** A line for people on each, by name. */
    Map<String, String> descriptions() {
        Map<String, String> descriptions = new TreeMap<>();
        byName.forEach((name, type) -> descriptions.put(name, type.description()));
        return descriptions;
    }

    Collection<String> names() {
        return byName.keySet();
    }
}
