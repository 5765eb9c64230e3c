package io.statehub.sidecar.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.quarkus.test.junit.QuarkusTest;

/** Two JVMs that start Quarkus on the same test classes disturb each other: the build knows such a test by its name. */
@AnalyzeClasses(packages = LayersTest.ROOT, importOptions = ImportOption.OnlyIncludeTests.class)
class QuarkusTestsTest {

    @ArchTest
    static final ArchRule whatStartsQuarkusIsNamedForIt =
            classes().that().areAnnotatedWith(QuarkusTest.class).should().haveSimpleNameEndingWith("QuarkusTest");

    @ArchTest
    static final ArchRule whatIsNamedForQuarkusStartsIt =
            classes().that().haveSimpleNameEndingWith("QuarkusTest").should().beAnnotatedWith(QuarkusTest.class);
}
