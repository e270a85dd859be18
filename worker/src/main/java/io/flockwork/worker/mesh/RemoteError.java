package io.flockwork.worker.mesh;

import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.core.HazelcastOverloadException;
import com.hazelcast.core.IndeterminateOperationStateException;
import com.hazelcast.core.MemberLeftException;
import com.hazelcast.core.OperationTimeoutException;
import com.hazelcast.internal.cluster.impl.ClusterTopologyChangedException;
import com.hazelcast.internal.cluster.impl.MasterNodeChangedException;
import com.hazelcast.internal.partition.PartitionStateVersionMismatchException;
import com.hazelcast.spi.exception.CallerNotMemberException;
import com.hazelcast.spi.exception.DistributedObjectDestroyedException;
import com.hazelcast.spi.exception.PartitionMigratingException;
import com.hazelcast.spi.exception.RetryableHazelcastException;
import com.hazelcast.spi.exception.RetryableIOException;
import com.hazelcast.spi.exception.ServiceNotFoundException;
import com.hazelcast.spi.exception.TargetDisconnectedException;
import com.hazelcast.spi.exception.TargetNotMemberException;
import com.hazelcast.spi.exception.WrongTargetException;
import java.util.Map;
import java.util.function.Function;

/**
 * A throwable on its way to another core. Hazelcast sends exceptions as objects and retries by their class, so the classes
 * that it retries must arrive as what they were; any other arrives as a {@link HazelcastException} that says what it was.
 */
record RemoteError(String kind, String message) {
    private static final int LONGEST = 2_000;

    private static final Map<String, Function<String, Throwable>> KINDS = Map.ofEntries(
            Map.entry("CallerNotMember", CallerNotMemberException::new),
            Map.entry("ClusterTopologyChanged", ClusterTopologyChangedException::new),
            Map.entry("DistributedObjectDestroyed", DistributedObjectDestroyedException::new),
            Map.entry("HazelcastInstanceNotActive", HazelcastInstanceNotActiveException::new),
            Map.entry("HazelcastOverload", HazelcastOverloadException::new),
            Map.entry("IndeterminateOperationState", IndeterminateOperationStateException::new),
            Map.entry("MasterNodeChanged", MasterNodeChangedException::new),
            Map.entry("MemberLeft", MemberLeftException::new),
            Map.entry("OperationTimeout", OperationTimeoutException::new),
            Map.entry("PartitionMigrating", PartitionMigratingException::new),
            Map.entry("PartitionStateVersionMismatch", PartitionStateVersionMismatchException::new),
            Map.entry("RetryableHazelcast", RetryableHazelcastException::new),
            Map.entry("RetryableIO", RetryableIOException::new),
            Map.entry("ServiceNotFound", ServiceNotFoundException::new),
            Map.entry("TargetDisconnected", TargetDisconnectedException::new),
            Map.entry("TargetNotMember", TargetNotMemberException::new),
            Map.entry("WrongTarget", WrongTargetException::new));

    static RemoteError of(Throwable error) {
        String kind = error.getClass().getSimpleName().replaceFirst("Exception$", "");
        boolean known = KINDS.containsKey(kind) && error.getClass().getName().startsWith("com.hazelcast.");
        return known
                ? new RemoteError(kind, bounded(String.valueOf(error.getMessage())))
                : new RemoteError("", bounded(error.toString()));
    }

    Throwable toThrowable() {
        return KINDS.getOrDefault(kind, HazelcastException::new).apply(message);
    }

    private static String bounded(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }
}
