package io.flockwork.worker.mesh;

import com.hazelcast.config.AdvancedNetworkConfig;
import com.hazelcast.config.Config;
import com.hazelcast.config.GlobalSerializerConfig;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MergePolicyConfig;
import com.hazelcast.config.ServerSocketEndpointConfig;
import com.hazelcast.instance.EndpointQualifier;
import com.hazelcast.partition.strategy.StringPartitioningStrategy;
import com.hazelcast.spi.MemberAddressProvider;
import com.hazelcast.spi.merge.LatestUpdateMergePolicy;
import com.hazelcast.spi.merge.PassThroughMergePolicy;
import io.flockwork.sdk.model.Address;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;

/** The settings of a core's Hazelcast member, and why. */
final class MeshConfig {
    /** Raised whenever cores of the version before could not read what this one keeps. */
    private static final int PROTOCOL = 3;

    private static final int CONNECT_SECONDS = 3;

    static final String JOBS = "jobs";
    static final String PROGRESS = "progress";
    static final String SEGMENTS = "segments";
    static final String HOLDERS = "holders";
    static final String EDGES = "edges";
    static final String CONDUCTS = "conducts";

    private static final Map<String, String> PROPERTIES = Map.ofEntries(
            // Start at once: the coordinator has said whom to join.
            Map.entry("hazelcast.wait.seconds.before.join", "0"),
            Map.entry("hazelcast.max.wait.seconds.before.join", "0"),
            // Listen only where told.
            Map.entry("hazelcast.socket.bind.any", "false"),
            Map.entry("hazelcast.phone.home.enabled", "false"),
            // A dead core is missed within seconds; a silent one within 15.
            Map.entry("hazelcast.heartbeat.interval.seconds", "2"),
            Map.entry("hazelcast.max.no.heartbeat.seconds", "15"),
            Map.entry("hazelcast.merge.first.run.delay.seconds", "5"),
            Map.entry("hazelcast.merge.next.run.delay.seconds", "5"),
            // An answer means that the backup has it too; one that cannot say so is an error, and we try again.
            Map.entry("hazelcast.operation.fail.on.indeterminate.state", "true"),
            Map.entry("hazelcast.operation.backup.timeout.millis", "2000"),
            Map.entry("hazelcast.partition.migration.stale.read.disabled", "true"),
            Map.entry("hazelcast.partition.backup.sync.interval", "5"),
            Map.entry("hazelcast.graceful.shutdown.max.wait", "20"),
            // The part of a key after '@' says where it lives: a job's segments live with its record, so that whoever
            // comes
            // to own the job has them at hand. Set for all maps, because a map's own strategy is ignored by setAsync.
            Map.entry("hazelcast.partitioning.strategy.class", StringPartitioningStrategy.class.getName()),
            // Volunteers' machines are small, and their cores are for units.
            Map.entry("hazelcast.io.thread.count", "1"),
            Map.entry("hazelcast.operation.thread.count", "2"),
            Map.entry("hazelcast.operation.generic.thread.count", "2"),
            Map.entry("hazelcast.operation.response.thread.count", "1"),
            Map.entry("hazelcast.event.thread.count", "1"),
            Map.entry("hazelcast.health.monitoring.level", "OFF"),
            Map.entry("hazelcast.slow.operation.detector.enabled", "false"),
            // One log, ours; one place that ends the process, ours.
            Map.entry("hazelcast.logging.type", "slf4j"),
            Map.entry("hazelcast.logging.details.enabled", "false"),
            Map.entry("hazelcast.member.naming.moby.enabled", "false"),
            Map.entry("hazelcast.shutdownhook.enabled", "false"));

    private MeshConfig() {}

    /** @param others read anew at each search for the other half of a split mesh, from any thread */
    static Config of(MeshSettings settings, List<String> others) {
        Config config = new Config();
        config.setClusterName(settings.grid() + "-" + PROTOCOL);
        config.setInstanceName(settings.self().id().value());
        PROPERTIES.forEach(config::setProperty);
        config.getJetConfig().setEnabled(false);
        config.getMetricsConfig().setEnabled(false);
        config.getMemberAttributeConfig().setAttributes(CoreAttributes.of(settings.self()));
        network(config.getAdvancedNetworkConfig(), settings, others);
        serialization(config);
        maps(config);
        return config;
    }

    /** An endpoint for members and no other, so that Hazelcast starts nothing that would speak with its clients, REST or memcache. */
    private static void network(AdvancedNetworkConfig network, MeshSettings settings, List<String> others) {
        ServerSocketEndpointConfig members =
                new ServerSocketEndpointConfig().setPort(settings.bind().port()).setPortAutoIncrement(false);
        // Hazelcast resets connections where others close them, and TLS's last word would be lost.
        members.setSocketLingerSeconds(-1);
        members.setSocketConnectTimeoutSeconds(CONNECT_SECONDS);
        network.setEnabled(true).setMemberEndpointConfig(members);
        network.getMemberAddressProviderConfig()
                .setEnabled(true)
                .setImplementation(
                        new Addresses(settings.bind(), settings.self().mesh()));
        JoinConfig join = network.getJoin();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        join.setTcpIpConfig(new KnownAddresses(others));
        join.getTcpIpConfig().setEnabled(true).setConnectionTimeoutSeconds(CONNECT_SECONDS);
    }

    private static void serialization(Config config) {
        JavaSerializationFilterConfig nothing = new JavaSerializationFilterConfig();
        nothing.setDefaultsDisabled(true);
        nothing.getBlacklist().addPrefixes("");
        config.getSerializationConfig()
                .setGlobalSerializerConfig(new GlobalSerializerConfig()
                        .setImplementation(new MeshSerializer())
                        .setOverrideJavaSerialization(true))
                .setJavaSerializationFilterConfig(nothing);
    }

    private static void maps(Config config) {
        config.addMapConfig(map(JOBS, MergeRules.LaterJob.class));
        config.addMapConfig(map(CONDUCTS, MergeRules.WholeConduct.class));
        config.addMapConfig(map(HOLDERS, MergeRules.AllHolders.class));
        config.addMapConfig(
                map(PROGRESS, PassThroughMergePolicy.class).setBackupCount(0).setAsyncBackupCount(1));
        // The statistics keep the time of update, which the merge rule goes by.
        config.addMapConfig(map(SEGMENTS, LatestUpdateMergePolicy.class).setPerEntryStatsEnabled(true));
    }

    private static MapConfig map(String name, Class<?> mergeRule) {
        return new MapConfig(name)
                .setBackupCount(1)
                .setMergePolicyConfig(new MergePolicyConfig().setPolicy(mergeRule.getName()));
    }

    /** Exactly the addresses that the settings say, instead of a search among the machine's interfaces. */
    private record Addresses(Address bind, Address visible) implements MemberAddressProvider {
        @Override
        public InetSocketAddress getBindAddress() {
            return new InetSocketAddress(bind.host(), bind.port());
        }

        @Override
        public InetSocketAddress getBindAddress(EndpointQualifier qualifier) {
            return getBindAddress();
        }

        @Override
        public InetSocketAddress getPublicAddress() {
            return new InetSocketAddress(visible.host(), visible.port());
        }

        @Override
        public InetSocketAddress getPublicAddress(EndpointQualifier qualifier) {
            return getPublicAddress();
        }
    }
}
