package io.statehub.sidecar.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.statehub.sidecar.testing.Machine;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Disabled;

/** A test that is left out is seen by nobody: one class alone decides on it. */
@AnalyzeClasses(packages = LayersTest.ROOT, importOptions = ImportOption.OnlyIncludeTests.class)
class SkippingTest {

    @ArchTest
    static final ArchRule onlyWhatTheMachineLacksSkipsATest = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(Machine.class.getName())
            .and()
            .doNotHaveFullyQualifiedName(SkippingTest.class.getName())
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(Assumptions.class, Disabled.class, org.assertj.core.api.Assumptions.class)
            .orShould()
            .dependOnClassesThat()
            .resideInAPackage("org.junit.jupiter.api.condition..");
}
