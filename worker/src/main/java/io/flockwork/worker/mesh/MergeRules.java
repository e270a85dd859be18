package io.flockwork.worker.mesh;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.spi.merge.MergingValue;
import com.hazelcast.spi.merge.SplitBrainMergePolicy;
import io.flockwork.sdk.model.Conduct;
import io.flockwork.sdk.model.JobRecord;
import io.flockwork.sdk.model.NodeId;
import java.util.HashSet;
import java.util.Set;

/** What becomes of an entry that both halves of a split mesh have, when the halves meet again. */
final class MergeRules {
    private MergeRules() {}

    /** A rule has no state: its class says all. */
    private abstract static class Rule<V> implements SplitBrainMergePolicy<V, MergingValue<V>, Object> {
        @Override
        public Object merge(MergingValue<V> merging, MergingValue<V> existing) {
            V known = existing == null ? null : existing.getDeserializedValue();
            return known == null ? merging.getRawValue() : together(merging.getDeserializedValue(), known);
        }

        abstract V together(V merging, V known);

        @Override
        public void writeData(ObjectDataOutput out) {}

        @Override
        public void readData(ObjectDataInput in) {}
    }

    /** The job's record that is further. */
    static final class LaterJob extends Rule<JobRecord> {
        @Override
        JobRecord together(JobRecord merging, JobRecord known) {
            return JobOrder.isLater(merging, known) ? merging : known;
        }
    }

    /** All that either half knows of a worker. */
    static final class WholeConduct extends Rule<Conduct> {
        @Override
        Conduct together(Conduct merging, Conduct known) {
            return known.merged(merging);
        }
    }

    /** All who hold a blob. */
    static final class AllHolders extends Rule<Set<NodeId>> {
        @Override
        Set<NodeId> together(Set<NodeId> merging, Set<NodeId> known) {
            Set<NodeId> all = new HashSet<>(known);
            all.addAll(merging);
            return Set.copyOf(all);
        }
    }
}
