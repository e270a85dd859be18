package io.flockwork.worker.mesh;

import com.hazelcast.map.EntryProcessor;
import io.flockwork.sdk.model.JobRecord;
import java.util.Map;

/** Puts a job where there is none; answers what is there afterwards. Safe to run twice. */
record CreateJob(JobRecord job) implements EntryProcessor<String, JobRecord, JobRecord> {
    @Override
    public JobRecord process(Map.Entry<String, JobRecord> entry) {
        JobRecord there = entry.getValue();
        if (there != null) {
            return there;
        }
        entry.setValue(job);
        return job;
    }
}
