package io.flockwork.worker.master;

import io.flockwork.sdk.identity.Revocations;
import io.flockwork.sdk.model.JobChange;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.JobRecord;
import io.flockwork.sdk.model.JobSpec;
import io.flockwork.sdk.model.WorkerInfo;
import io.flockwork.sdk.wire.ResultList;
import io.flockwork.sdk.wire.WorkerMessage;
import io.flockwork.worker.TestMembers;
import io.flockwork.worker.mesh.FakeMesh;
import io.flockwork.worker.mesh.FakeMeshNetwork;
import io.flockwork.worker.swarm.Swarm;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/** Cores with their masters on a mesh in memory, in virtual time. All share one store of blobs. */
final class MasterWorld implements AutoCloseable {
    final VirtualTime time = new VirtualTime();
    final FakeMeshNetwork network = new FakeMeshNetwork(time::soon);
    final Swarm swarm;
    final List<Core> cores = new ArrayList<>();
    /** What all masters tell, in order. */
    final List<String> told = new ArrayList<>();

    private final Random random;
    private final Seals seals;
    private final JobEvents events = new JobEvents() {
        @Override
        public void voted(boolean check) {
            told.add(check ? "check" : "vote");
        }

        @Override
        public void settled(boolean failed) {
            told.add(failed ? "failed" : "accepted");
        }

        @Override
        public void withdrawn() {
            told.add("withdrawn");
        }

        @Override
        public void contested() {
            told.add("contested");
        }

        @Override
        public void struck() {
            told.add("struck");
        }
    };
    private int coresEver;

    private final Path folder;

    /** Whose workers need not sign. */
    MasterWorld(long seed) {
        this(seed, (job, witness, report, votes) -> {});
    }

    MasterWorld(long seed, Seals seals) {
        this.seals = seals;
        random = new Random(seed);
        try {
            folder = Files.createTempDirectory("masters");
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        swarm = TestJobs.lonelySwarm(folder);
    }

    /** A core worker's leading half. */
    final class Core {
        final FakeMesh mesh;
        final Masters masters;
        final JobBoard board;
        final VirtualTime.Machine machine = time.machine();

        private Core(int number, JobTypes types) {
            WorkerInfo info = TestJobs.worker(TestJobs.node(500 + number), 500 + number);
            mesh = network.join(info);
            board = new JobBoard(
                    mesh,
                    new Submissions(
                            new SpecCheck(types, swarm, (module, metered) -> null),
                            TestMembers.CHECK,
                            new Revocations(TestMembers.AUTHORITY.certificate())),
                    Clock.systemUTC());
            MasterFactory factory =
                    new MasterFactory(mesh, swarm, types, Clock.systemUTC(), TestMembers.CHECK, seals, events);
            masters = Masters.start(mesh, factory, name -> machine.loop());
        }

        boolean leads(JobId job) {
            return masters.leads(job);
        }

        /** As {@code kill -9}. */
        void kill() {
            machine.die();
            network.kill(mesh);
            cores.remove(this);
        }

        void received(WorkerChannel from, JobId job, WorkerMessage message) {
            if (!machine.isDead()) {
                masters.received(from, job, message);
            }
        }
    }

    Core core() {
        return core(JobTypes.of(List.of()));
    }

    Core core(JobTypes types) {
        Core core = new Core(coresEver++, types);
        cores.add(core);
        run(Duration.ofMillis(1));
        return core;
    }

    JobId submit(JobSpec spec) {
        JobId id = JobId.random(random);
        cores.get(0).mesh.create(JobRecord.submitted(id, spec, TestMembers.seal(id, spec), time.millis()));
        run(Duration.ofMillis(10));
        return id;
    }

    void cancel(JobId job) {
        cores.get(0).mesh.change(job, new JobChange.Cancel(time.millis()));
        run(Duration.ofMillis(10));
    }

    void run(Duration duration) {
        time.run(duration);
    }

    JobRecord record(JobId job) {
        return cores.get(0).mesh.job(job).orElseThrow();
    }

    boolean ended(JobId job) {
        return record(job).state().ended();
    }

    /** The core that now leads the job, if one does. */
    Optional<Core> leader(JobId job) {
        return cores.stream().filter(core -> core.leads(job)).findFirst();
    }

    String combined(JobId job) {
        return record(job)
                .outcome()
                .orElseThrow()
                .combined()
                .map(blob -> new String(TestJobs.read(swarm, blob.blob()), StandardCharsets.UTF_8).strip())
                .orElse("");
    }

    List<ResultList.Entry> results(JobId job) {
        byte[] list = TestJobs.read(
                swarm,
                record(job).outcome().orElseThrow().results().orElseThrow().blob());
        List<ResultList.Entry> entries = new ArrayList<>();
        ResultList.read(new ByteArrayInputStream(list)).forEachRemaining(entries::add);
        return entries;
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
