package io.flockwork.jobs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** A job type sees only what any job author sees, and nothing of another job type. */
@AnalyzeClasses(packages = "io.flockwork.jobs", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule ONLY_THE_SPI = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "io.flockwork.sdk.job", "io.flockwork.sdk.model", "io.flockwork.jobs..");

    @ArchTest
    static final ArchRule APART =
            slices().matching("io.flockwork.jobs.(*)..").should().notDependOnEachOther();
}
