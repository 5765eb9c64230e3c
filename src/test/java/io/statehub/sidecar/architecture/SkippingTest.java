package io.statehub.sidecar.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.statehub.sidecar.testing.Machine;
import io.statehub.sidecar.testing.Program;
import io.statehub.sidecar.testing.lab.InstalledPostgres;
import java.nio.file.Files;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Disabled;

/** A test that is left out, whole or from one line on, is seen by nobody: one class alone decides on it. */
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

    /** Whoever asked whether a program is there could end a test early, and it would pass. */
    @ArchTest
    static final ArchRule onlyWhoDemandsAProgramAsksWhetherItIsThere = noClasses()
            .that()
            .doNotBelongToAnyOf(Program.class, InstalledPostgres.class)
            .should()
            .accessTargetWhere(describe(
                    "Files.isExecutable",
                    access -> access.getTargetOwner().isEquivalentTo(Files.class)
                            && access.getName().equals("isExecutable")));
}
