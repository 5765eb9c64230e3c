package io.statehub.sidecar.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.statehub.sidecar.kubernetes.EventPoster;
import io.statehub.sidecar.time.TimeSource;
import jakarta.json.Json;
import jakarta.json.spi.JsonProvider;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Instant;

/** The stages of the flow, and which of them may know which. */
@AnalyzeClasses(packages = LayersTest.ROOT, importOptions = ImportOption.DoNotIncludeTests.class)
class LayersTest {

    static final String ROOT = "io.statehub.sidecar";
    private static final String JSON = ROOT + ".json..";
    private static final String SYSTEM = ROOT + ".system..";
    private static final String TIME = ROOT + ".time..";
    private static final String OBSERVATION = ROOT + ".observation..";
    private static final String ASSESSMENT = ROOT + ".assessment..";
    private static final String FAILOVER = ROOT + ".failover..";
    private static final String HEADLINE = ROOT + ".headline..";
    private static final String PROBE = ROOT + ".probe..";
    private static final String CONFIG = ROOT + ".config..";
    private static final String JOURNAL = ROOT + ".journal..";
    private static final String JOURNAL_FILES = ROOT + ".journal.file..";
    private static final String AGENT = ROOT + ".agent..";
    private static final String SNAPSHOT = ROOT + ".snapshot..";
    private static final String EXPOSURE = ROOT + ".exposure..";
    private static final String KUBERNETES = ROOT + ".kubernetes..";
    private static final String ACCESS = ROOT + ".access..";
    private static final String REPORT = ROOT + ".report..";
    private static final String CLI = ROOT + ".cli..";
    private static final String EVIDENCE = ROOT + ".evidence..";
    private static final String DRILL = ROOT + ".drill..";
    private static final String GATE = ROOT + ".gate..";

    @ArchTest
    static final ArchRule observationsAreMadeOfTheJdkAlone = classes()
            .that()
            .resideInAPackage(OBSERVATION)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(OBSERVATION, TIME, "java..", "org.jspecify.annotations");

    @ArchTest
    static final ArchRule assessmentKnowsObservationsAndTheJdkAlone = classes()
            .that()
            .resideInAPackage(ASSESSMENT)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(ASSESSMENT, OBSERVATION, TIME, "java..", "org.jspecify.annotations");

    @ArchTest
    static final ArchRule failoverKnowsAssessmentObservationsAndTheJdkAlone = classes()
            .that()
            .resideInAPackage(FAILOVER)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(FAILOVER, ASSESSMENT, OBSERVATION, TIME, "java..", "org.jspecify.annotations");

    @ArchTest
    static final ArchRule theHeadlineKnowsThePureCoreAlone = classes()
            .that()
            .resideInAPackage(HEADLINE)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    HEADLINE, FAILOVER, ASSESSMENT, OBSERVATION, TIME, "java..", "org.jspecify.annotations");

    @ArchTest
    static final ArchRule thePureCoreDoesNoInputOrOutput = noClasses()
            .that()
            .resideInAnyPackage(OBSERVATION, ASSESSMENT, FAILOVER, HEADLINE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.io..", "java.net..", "java.nio..", "java.sql..", "java.util.logging..")
            .orShould()
            .dependOnClassesThat()
            .resideInAPackage("java.util.concurrent..")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Thread.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(System.Logger.class);

    @ArchTest
    static final ArchRule probesDecideNothing = noClasses()
            .that()
            .resideInAPackage(PROBE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ASSESSMENT, FAILOVER, SNAPSHOT, AGENT, EXPOSURE);

    @ArchTest
    static final ArchRule watchesDecideNothing = noClasses()
            .that()
            .resideInAPackage(KUBERNETES)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(PROBE, ASSESSMENT, FAILOVER, SNAPSHOT, AGENT, EXPOSURE, REPORT, CLI);

    @ArchTest
    static final ArchRule theWayToATargetIsTriedWithoutDeciding = noClasses()
            .that()
            .resideInAPackage(ACCESS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ASSESSMENT, FAILOVER, SNAPSHOT, AGENT, EXPOSURE, REPORT, CLI);

    @ArchTest
    static final ArchRule theSnapshotKnowsNeitherWhereItComesFromNorWhereItGoes = classes()
            .that()
            .resideInAPackage(SNAPSHOT)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    SNAPSHOT, HEADLINE, FAILOVER, ASSESSMENT, OBSERVATION, TIME, "java..", "org.jspecify.annotations");

    /** Besides, what causes a fault on purpose, and the command that hands it the client. */
    @ArchTest
    static final ArchRule onlyWatchesAndWhoeverMakesThemKnowTheClient = noClasses()
            .that(not(resideInAnyPackage(KUBERNETES, AGENT, ROOT + ".drill.trigger..", ROOT + ".cli.drill..")))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.fabric8..");

    @ArchTest
    static final ArchRule reportsKnowWhatWasAssessedAndNothingElse = classes()
            .that()
            .resideInAPackage(REPORT)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    REPORT,
                    ASSESSMENT,
                    OBSERVATION,
                    TIME,
                    JSON,
                    "java..",
                    "jakarta.json..",
                    "org.jspecify.annotations");

    /** That package alone: those below it read databases and files. */
    @ArchTest
    static final ArchRule aRestoredDatabaseIsJudgedWithoutInputOrOutput = noClasses()
            .that()
            .resideInAPackage(ROOT + ".drill.restore")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    ROOT + ".drill.restore.*..", PROBE, CONFIG, "java.sql..", "java.nio.file..", "java.net..");

    @ArchTest
    static final ArchRule onlyTheStartKnowsTheCommandLine = noClasses()
            .that()
            .resideInAPackage(ROOT + ".*..")
            .and(not(resideInAPackage(CLI)))
            .should()
            .dependOnClassesThat()
            .resideInAPackage(CLI);

    /** What only commands need is neither loaded nor started beside the API. */
    @ArchTest
    static final ArchRule theRunningSidecarKnowsNothingOfDrillsAndEvidence = noClasses()
            .that(not(resideInAnyPackage(CLI, EVIDENCE, DRILL, GATE)))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(EVIDENCE, DRILL, GATE);

    @ArchTest
    static final ArchRule theGateJudgesWithoutInputOrOutput = noClasses()
            .that()
            .resideInAPackage(GATE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.io..", "java.net..", "java.nio..", "java.sql..");

    @ArchTest
    static final ArchRule reportsOfDrillsAreMadeWithoutInputOrOutput = noClasses()
            .that()
            .resideInAPackage(ROOT + ".drill.report..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.io..", "java.net..", "java.nio..", "java.sql..", "java.util.concurrent..");

    @ArchTest
    static final ArchRule theJournalsFilesKnowNothingOfWhatTheyKeep = classes()
            .that()
            .resideInAPackage(JOURNAL_FILES)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    JOURNAL_FILES,
                    JSON,
                    SYSTEM,
                    TIME,
                    "java..",
                    "jakarta.json..",
                    "org.jboss.logging..",
                    "org.jspecify.annotations");

    @ArchTest
    static final ArchRule nobodyWhoDecidesKnowsTheJournal = noClasses()
            .that()
            .resideInAnyPackage(OBSERVATION, ASSESSMENT, FAILOVER, PROBE, CONFIG)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(JOURNAL);

    @ArchTest
    static final ArchRule settingsKnowNobodyWhoUsesThem = noClasses()
            .that()
            .resideInAPackage(CONFIG)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(PROBE, FAILOVER, AGENT, EXPOSURE);

    @ArchTest
    static final ArchRule nobodyKnowsWhoReadsTheSnapshot = noClasses()
            .that(not(resideInAPackage(EXPOSURE)))
            .should()
            .dependOnClassesThat()
            .resideInAPackage(EXPOSURE);

    /** Besides, whoever posts events knows where to. */
    @ArchTest
    static final ArchRule readersKnowTheSnapshotAndNothingElse = noClasses()
            .that()
            .resideInAPackage(EXPOSURE)
            .should()
            .dependOnClassesThat(resideInAnyPackage(AGENT, CONFIG, PROBE, JOURNAL, ACCESS, REPORT, CLI, KUBERNETES)
                    .and(not(equivalentTo(EventPoster.class)))
                    .and(not(equivalentTo(EventPoster.EventDraft.class))));

    @ArchTest
    static final ArchRule nobodyKnowsWhoComposes = noClasses()
            .that(not(resideInAnyPackage(AGENT, CLI)))
            .should()
            .dependOnClassesThat()
            .resideInAPackage(AGENT);

    @ArchTest
    static final ArchRule exposureOpensNoConnection = noClasses()
            .that()
            .resideInAPackage(EXPOSURE)
            .should()
            .dependOnClassesThat(
                    resideInAnyPackage(PROBE, "java.net..", "java.sql..").and(not(clock())));

    @ArchTest
    static final ArchRule onlyTheTimeSourceAsksTheClocks = noClasses()
            .that()
            .doNotBelongToAnyOf(TimeSource.class)
            .should()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class);

    /** A resolver may hang, and whoever asks it before the first answer delays that: HostName knows without. */
    @ArchTest
    static final ArchRule nobodyAsksAResolverForTheNameOfAMachine = noClasses()
            .should()
            .callMethodWhere(target(owner(assignableTo(InetAddress.class).or(assignableTo(InetSocketAddress.class))))
                    .and(target(nameMatching("getLocalHost|getHostName|getCanonicalHostName"))));

    /** It is deprecated, and holds what a native image can't: a generator of random numbers in a static field. */
    @ArchTest
    static final ArchRule nobodyUsesTheFormerClientOfPrometheus =
            noClasses().should().dependOnClassesThat().resideInAPackage("io.prometheus.client..");

    @ArchTest
    static final ArchRule theJsonLibraryIsSearchedForOnce = noClasses()
            .that(not(resideInAPackage(JSON)))
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Json.class)
            .orShould()
            .callMethod(JsonProvider.class, "provider");

    @ArchTest
    static final ArchRule stagesFormNoCycle =
            slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule namesSayWhatAClassDoes =
            noClasses().should().haveNameMatching(".*(Utils?|Helper|Manager|Impl)");

    private static DescribedPredicate<JavaClass> clock() {
        return equivalentTo(TimeSource.class);
    }
}
