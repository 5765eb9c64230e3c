package io.statehub.sidecar.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractDurationAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A test waits for a condition, never for a time, and says nothing of how soon something happened. What stands in for a
 * slow server, or measures, is no class of tests and may wait.
 */
@AnalyzeClasses(packages = LayersTest.ROOT, importOptions = ImportOption.OnlyIncludeTests.class)
class WaitingTest {

    private static final Set<String> SLEEPING = Set.of("sleep", "park", "parkNanos", "parkUntil");
    private static final Set<String> AT_MOST =
            Set.of("isLessThan", "isLessThanOrEqualTo", "isBetween", "isStrictlyBetween");

    /** Their durations are of a clock that the test moves by hand. */
    private static final String BY_HAND = ".*\\.sidecar\\.(failover|assessment)\\..*";

    /** They compare what two observers say of one outage, however long it was. */
    private static final String TWO_OBSERVERS = ".*\\.(FailoverReport|DrilledLabIT)";

    /** The lab's own client, which is held to the time that an attempt of it may take. */
    private static final String MEASURES = ".*\\.IndependentClientIT";

    private static final Pattern TIME_ALONE =
            Pattern.compile("\\.pollDelay\\((?!Duration\\.ZERO\\))|\\.during\\(|\\.until\\(\\(\\) -> (true|false)\\)");

    /** By the name of the file: what it measures is what happens in a time. */
    private static final String MEASURING = "ApiServerLoadTest.java";

    @ArchTest
    static final ArchRule noTestSleeps = noClasses()
            .that()
            .haveSimpleNameEndingWith("Test")
            .or()
            .haveSimpleNameEndingWith("IT")
            .should()
            .accessTargetWhere(sleep());

    @ArchTest
    static final ArchRule noTestSaysHowSoonSomethingHappened = noClasses()
            .that(not(nameMatching(BY_HAND + "|" + TWO_OBSERVERS + "|" + MEASURES)))
            .should()
            .accessTargetWhere(describe(
                    "an upper bound of a duration",
                    access -> access.getTargetOwner().isAssignableTo(AbstractDurationAssert.class)
                            && AT_MOST.contains(access.getName())));

    private static DescribedPredicate<JavaAccess<?>> sleep() {
        return describe(
                "a sleep",
                access -> SLEEPING.contains(access.getName())
                        && Stream.of(Thread.class, TimeUnit.class, LockSupport.class)
                                .anyMatch(owner -> access.getTargetOwner().isEquivalentTo(owner)));
    }

    @Test
    void nothingIsAwaitedButConditions() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src", "test", "java"))) {
            List<Path> sources = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith(MEASURING) && !file.endsWith("WaitingTest.java"))
                    .toList();
            assertThat(sources)
                    .isNotEmpty()
                    .allSatisfy(source -> assertThat(source).content().doesNotContainPattern(TIME_ALONE));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "await().pollDelay(Duration.ofSeconds(2)).until(() -> ready)",
                "await().during(QUIET).until(() -> quiet)",
                "await().atMost(SOON).until(() -> true)"
            })
    void aTimeInTheClothesOfAConditionIsFound(String line) {
        assertThat(line).containsPattern(TIME_ALONE);
    }
}
