package io.flockwork.sdk;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The packages of the SDK use each other one way only, and each library has its room. */
@AnalyzeClasses(packages = "io.flockwork.sdk", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String SDK = "io.flockwork.sdk";
    private static final String KRYO = "com.esotericsoftware..";
    private static final String JSON = "com.fasterxml..";
    private static final String LOG = "org.slf4j..";

    @ArchTest
    private final ArchRule modelUsesNothing = uses("model");

    @ArchTest
    private final ArchRule jobUsesTheModel = uses("job", in("model"));

    @ArchTest
    private final ArchRule blobUsesTheModel = uses("blob", in("model"));

    @ArchTest
    private final ArchRule identityUsesTheModel = uses(
            "identity",
            in("model"),
            "javax.net.ssl..",
            "javax.naming..",
            "javax.security.auth..",
            "org.bouncycastle..");

    @ArchTest
    private final ArchRule proofUsesIdentity = uses("proof", in("model"), in("identity"));

    @ArchTest
    private final ArchRule creditUsesProof = uses("credit", in("model"), in("identity"), in("proof"));

    @ArchTest
    private final ArchRule wireUsesModelAndBlobs =
            uses("wire", in("model"), in("identity"), in("blob"), in("proof"), KRYO, "javax.net.ssl..");

    @ArchTest
    private final ArchRule wasmUsesNothing = uses("wasm");

    @ArchTest
    private final ArchRule clientUsesWire = uses(
            "client",
            in("model"),
            in("job"),
            in("identity"),
            in("blob"),
            in("proof"),
            in("credit"),
            in("wire"),
            in("wasm"),
            JSON,
            LOG);

    @ArchTest
    private final ArchRule reportUsesTheModel = uses("report", in("model"));

    @ArchTest
    private final ArchRule serveKnowsVertxAndNothingOfTheGrid = uses("serve", "io.vertx..", "io.netty..", LOG);

    @ArchTest
    private final ArchRule webServesPages = uses(
            "web",
            in("model"),
            in("identity"),
            in("wire"),
            in("client"),
            in("serve"),
            in("cli"),
            "io.vertx..",
            "io.netty.handler.codec.http..",
            "picocli..",
            LOG);

    @ArchTest
    private final ArchRule noCycles = slices().matching(SDK + ".(*)..").should().beFreeOfCycles();

    private static String in(String name) {
        return SDK + "." + name + "..";
    }

    private static ArchRule uses(String name, String... others) {
        String[] allowed = new String[others.length + 2];
        System.arraycopy(others, 0, allowed, 0, others.length);
        allowed[others.length] = in(name);
        allowed[others.length + 1] = "java..";
        return classes()
                .that()
                .resideInAPackage(in(name))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed);
    }
}
