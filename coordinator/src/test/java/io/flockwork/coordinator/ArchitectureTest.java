package io.flockwork.coordinator;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The coordinator is one package; still each library that is not its trade has one class that knows it. */
@AnalyzeClasses(packages = "io.flockwork.coordinator", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule MICROMETER_STAYS_IN_THE_METERS = noClasses()
            .that(DescribedPredicate.not(belongToAnyOf(CoordinatorMeters.class)))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.micrometer..");
}
