package io.flockwork.worker.master;

import io.flockwork.sdk.blob.BlobStore;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.Assurance;
import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.Code;
import io.flockwork.sdk.model.JobSpec;
import io.flockwork.sdk.model.Limits;
import io.flockwork.sdk.model.NamedBlob;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.Recipe;
import io.flockwork.sdk.model.WorkerInfo;
import io.flockwork.sdk.wire.BlobClient;
import io.flockwork.sdk.wire.Dialer;
import io.flockwork.worker.TestMembers;
import io.flockwork.worker.swarm.Holders;
import io.flockwork.worker.swarm.Swarm;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Jobs, cores and blobs for the tests of masters. */
final class TestJobs {
    static final BlobId MODULE = new BlobId("0".repeat(64));

    private TestJobs() {}

    static JobSpec job(Recipe recipe, int quorum) {
        return job(recipe, "sum", quorum, Limits.DEFAULT);
    }

    static JobSpec job(Recipe recipe, String combine, int quorum, Limits limits) {
        return job(recipe, combine, new Assurance.Quorum(quorum), limits);
    }

    static JobSpec job(Recipe recipe, String combine, Assurance assurance, Limits limits) {
        return new JobSpec("a test", new Code.Wasm(MODULE, MODULE, List.of()), recipe, combine, assurance, limits, 10);
    }

    /** The same job, whose results are final when they have stood for this long. */
    static JobSpec held(JobSpec job, Duration hold) {
        return new JobSpec(
                job.name(),
                job.code(),
                job.recipe(),
                job.combine(),
                job.assurance(),
                job.limits(),
                job.priority(),
                hold.toMillis());
    }

    static JobSpec typed(String type, Map<String, String> parameters, Recipe recipe, String combine) {
        return new JobSpec(
                "a test",
                new Code.Java(type, parameters),
                recipe,
                combine,
                new Assurance.Quorum(1),
                Limits.DEFAULT,
                10);
    }

    static NodeId node(int number) {
        return new NodeId("node" + (char) ('a' + number / 26) + (char) ('a' + number % 26));
    }

    static WorkerInfo worker(int number) {
        return worker(node(number), number);
    }

    static WorkerInfo worker(NodeId id, int number) {
        Address address = new Address("core" + number, 1000 + number);
        return new WorkerInfo(id, "worker " + number, "operator " + number, "", 2, 1L << 30, address, address, 0);
    }

    /** Blobs of this node alone. */
    static Swarm lonelySwarm(Path folder) {
        try {
            return new Swarm(
                    BlobStore.open(folder.resolve("store")),
                    folder.resolve("scratch"),
                    new Address("self", 1),
                    new Nobody(),
                    new BlobClient(new Dialer(TestMembers.tls(Role.CORE))));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    static NamedBlob publish(Swarm swarm, String name, byte[] bytes) {
        try {
            return swarm.publish(name, new ByteArrayInputStream(bytes));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    static byte[] read(Swarm swarm, BlobId blob) {
        try (InputStream in = swarm.open(blob)) {
            return in.readAllBytes();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static final class Nobody implements Holders {
        @Override
        public CompletionStage<List<Address>> of(BlobId blob) {
            return CompletableFuture.completedStage(List.of());
        }

        @Override
        public CompletionStage<Void> announce(Collection<BlobId> blobs) {
            return CompletableFuture.completedStage(null);
        }

        @Override
        public List<Address> spares() {
            return List.of();
        }
    }
}
