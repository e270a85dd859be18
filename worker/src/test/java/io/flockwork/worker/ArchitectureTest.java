package io.flockwork.worker;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.flockwork.worker.metrics.NodeMeters;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/** The rooms of the worker, and which doors are open: arrows go one way, and each library stays in its room. */
@AnalyzeClasses(packages = "io.flockwork.worker", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ROOT = "io.flockwork.worker";

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().allowEmptyShould(true);

    @ArchTest
    static final ArchRule MESH = mayUse("mesh");

    @ArchTest
    static final ArchRule SCHEDULE = mayUse("schedule");

    @ArchTest
    static final ArchRule VERIFY = mayUse("verify");

    @ArchTest
    static final ArchRule RUNTIME = mayUse("runtime");

    @ArchTest
    static final ArchRule SWARM = mayUse("swarm", "mesh");

    @ArchTest
    static final ArchRule MASTER = mayUse("master", "mesh", "swarm", "schedule", "verify");

    @ArchTest
    static final ArchRule LEASE = mayUse("lease", "runtime", "swarm");

    @ArchTest
    static final ArchRule CONTROL = mayUse("control", "lease");

    @ArchTest
    static final ArchRule GATEWAY = mayUse("gateway", "api", "master", "swarm", "credit");

    @ArchTest
    static final ArchRule API = mayUse("api", "master", "swarm", "credit");

    @ArchTest
    static final ArchRule CREDIT = mayUse("credit", "mesh", "swarm");

    /** A job without a grid needs who splits it and who runs it, and nobody's network. */
    @ArchTest
    static final ArchRule LOCAL = mayUse("local", "master", "runtime", "swarm");

    /** It reads all that has numbers; nobody but who wires the worker knows of it. */
    @ArchTest
    static final ArchRule METRICS = mayUse("metrics", "lease", "runtime", "swarm", "mesh", "master", "gateway");

    @ArchTest
    static final ArchRule HAZELCAST_STAYS_IN_MESH = staysIn("com.hazelcast..", "mesh");

    @ArchTest
    static final ArchRule VERTX_STAYS_IN_GATEWAY_AND_API = staysIn("io.vertx..", "gateway", "api");

    @ArchTest
    static final ArchRule MICROMETER_STAYS_IN_METRICS = staysIn("io.micrometer..", "metrics");

    @ArchTest
    static final ArchRule ENDIVE_STAYS_IN_RUNTIME = staysIn("run.endive..", "runtime");

    /** What an edge worker is made of; only a core's place opens the door to the rest. */
    @ArchTest
    static final ArchRule AN_EDGE_WORKER_NEEDS_NO_PART_OF_A_CORE = noClasses()
            .that(resideInAnyPackage(ROOT, ROOT + ".lease..", ROOT + ".runtime..", ROOT + ".swarm..")
                    .or(belongToAnyOf(NodeMeters.class))
                    .and(not(belongToAnyOf(CorePlace.class, MeshHolders.class))))
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    ROOT + ".mesh..",
                    ROOT + ".credit..",
                    ROOT + ".master..",
                    ROOT + ".gateway..",
                    ROOT + ".api..",
                    ROOT + ".schedule..",
                    ROOT + ".verify..",
                    "com.hazelcast..",
                    "io.vertx.."));

    @ArchTest
    static final ArchRule THE_PURE_PARTS_KNOW_THE_MODEL_AND_THE_JDK_ONLY = classes()
            .that()
            .resideInAnyPackage(ROOT + ".schedule..", ROOT + ".verify..")
            .should()
            .onlyDependOnClassesThat(
                    resideInAnyPackage("java..", "io.flockwork.sdk.model..", ROOT + ".schedule..", ROOT + ".verify.."))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule THE_PURE_PARTS_ARE_TOLD_TIME_AND_CHANCE = noClasses()
            .that()
            .resideInAnyPackage(ROOT + ".schedule..", ROOT + ".verify..")
            .should()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Math.class, "random")
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(
                    Clock.class,
                    Random.class,
                    SecureRandom.class,
                    ThreadLocalRandom.class,
                    Socket.class,
                    ServerSocket.class,
                    DatagramSocket.class,
                    Thread.class)
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage("java.nio.channels..", "java.nio.file..", "java.io..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule NO_UTILITY_DRAWERS =
            noClasses().should().haveNameMatching(".*(Util|Utils|Helper|Helpers|Manager|Misc|Common)");

    /** Of the worker's packages, this one depends on those only. */
    private static ArchRule mayUse(String room, String... others) {
        String[] open = new String[others.length + 1];
        open[0] = ROOT + "." + room + "..";
        for (int i = 0; i < others.length; i++) {
            open[i + 1] = ROOT + "." + others[i] + "..";
        }
        return noClasses()
                .that()
                .resideInAPackage(ROOT + "." + room + "..")
                .should()
                .dependOnClassesThat(resideInAPackage(ROOT + "..").and(not(resideInAnyPackage(open))))
                .allowEmptyShould(true);
    }

    private static ArchRule staysIn(String library, String... rooms) {
        String[] open = Stream.of(rooms).map(room -> ROOT + "." + room + "..").toArray(String[]::new);
        return noClasses()
                .that()
                .resideOutsideOfPackages(open)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library);
    }
}
