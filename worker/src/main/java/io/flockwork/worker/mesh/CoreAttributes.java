package io.flockwork.worker.mesh;

import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.WorkerInfo;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A core's {@link WorkerInfo} as the attributes of its Hazelcast member. They travel with the member list itself, so
 * whoever knows a member knows its core, and nothing is left behind when it goes.
 */
final class CoreAttributes {
    private static final Logger LOG = LoggerFactory.getLogger(CoreAttributes.class);

    private CoreAttributes() {}

    static Map<String, String> of(WorkerInfo core) {
        return Map.ofEntries(
                Map.entry("id", core.id().value()),
                Map.entry("name", core.name()),
                Map.entry("operator", core.operator()),
                Map.entry("site", core.site()),
                Map.entry("referee", Boolean.toString(core.referee())),
                Map.entry("team", core.team()),
                Map.entry("slots", Integer.toString(core.slots())),
                Map.entry("memory", Long.toString(core.memoryBytes())),
                Map.entry("gateway", core.gateway().toString()),
                Map.entry("mesh", core.mesh().toString()),
                Map.entry("started", Long.toString(core.startedMillis())));
    }

    /** Only the core's id, or empty when there is none. */
    static Optional<NodeId> idOf(Map<String, String> attributes) {
        try {
            return Optional.of(new NodeId(attributes.getOrDefault("id", "")));
        } catch (IllegalArgumentException notACore) {
            return Optional.empty();
        }
    }

    /** The core, or empty when the attributes are not those of one. */
    static Optional<WorkerInfo> read(Map<String, String> attributes) {
        try {
            return Optional.of(new WorkerInfo(
                    new NodeId(attributes.getOrDefault("id", "")),
                    attributes.getOrDefault("name", ""),
                    attributes.getOrDefault("operator", ""),
                    attributes.getOrDefault("site", ""),
                    Boolean.parseBoolean(attributes.getOrDefault("referee", "")),
                    attributes.getOrDefault("team", ""),
                    Integer.parseInt(attributes.getOrDefault("slots", "")),
                    Long.parseLong(attributes.getOrDefault("memory", "")),
                    Address.parse(attributes.getOrDefault("gateway", "")),
                    Address.parse(attributes.getOrDefault("mesh", "")),
                    Long.parseLong(attributes.getOrDefault("started", ""))));
        } catch (IllegalArgumentException notACore) {
            LOG.warn("a member of the mesh does not say which core it is: {}", notACore.getMessage());
            return Optional.empty();
        }
    }
}
