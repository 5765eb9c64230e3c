package io.statehub.sidecar.architecture;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static org.assertj.core.api.Assertions.assertThat;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Constructor;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/**
 * What works on a JVM and not in a native executable, unless it is registered: nothing of it is done. What libraries do
 * is looked at on the packaged class path, by NativeSourcesIT.
 */
@AnalyzeClasses(packages = LayersTest.ROOT, importOptions = ImportOption.DoNotIncludeTests.class)
class NativeImageTest {

    /** But by what an executable has done before it is one. */
    @ArchTest
    static final ArchRule nothingIsLookedUpByReflection = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("io.statehub.sidecar.config.DeclaredSetting")
            .should()
            .callMethodWhere(target(owner(assignableTo(Class.class)))
                    .and(target(nameMatching(
                            "forName|newInstance|get(Declared)?(Methods?|Constructors?|Fields?|Classes)"))))
            .orShould()
            .callMethodWhere(target(owner(assignableTo(Constructor.class))).and(target(nameMatching("newInstance"))))
            .orShould()
            .callMethodWhere(target(owner(assignableTo(ClassLoader.class))).and(target(nameMatching("loadClass"))))
            .orShould()
            .callMethodWhere(target(owner(assignableTo(MethodHandles.Lookup.class)))
                    .and(target(nameMatching("find.*|unreflect.*"))));

    @ArchTest
    static final ArchRule noServiceIsLookedUpAndNoProxyIsMade = noClasses()
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(ServiceLoader.class, Proxy.class, java.io.ObjectInputStream.class);

    /** Names are constants beside the call, and every resource of ours is included: NativeSourcesIT holds that. */
    @ArchTest
    static final ArchRule resourcesAreOursAndReadByTheClassBesideThem = noClasses()
            .should()
            .callMethodWhere(
                    target(owner(assignableTo(ClassLoader.class))).and(target(nameMatching("get(System)?Resource.*"))));

    /** A name that is not there stops the compiler, or is passed over without a word. */
    @ArchTest
    static void whatIsSubstitutedIsThere(JavaClasses classes) throws ReflectiveOperationException {
        List<JavaClass> substitutions = classes.stream()
                .filter(type -> type.isAnnotatedWith(TargetClass.class))
                .toList();

        assertThat(substitutions).isNotEmpty();
        for (JavaClass substitution : substitutions) {
            Class<?> target = Class.forName(
                    substitution.getAnnotationOfType(TargetClass.class).className());
            for (JavaMethod method : substitution.getMethods()) {
                if (method.isAnnotatedWith(Substitute.class)) {
                    assertThat(target.getDeclaredMethod(method.getName(), parameters(method))
                                    .getReturnType()
                                    .getName())
                            .as(method.getFullName())
                            .isEqualTo(method.getRawReturnType().getName());
                }
            }
        }
    }

    private static Class<?>[] parameters(JavaMethod method) {
        return method.getRawParameterTypes().stream().map(JavaClass::reflect).toArray(Class<?>[]::new);
    }

    /** The build's own, which GraalVM refuses in an image: random, running or open. */
    @ArchTest
    static final ArchRule nothingRandomOpenOrRunningIsStatic = noFields()
            .that()
            .areStatic()
            .should()
            .haveRawType(assignableTo(java.util.Random.class)
                    .or(assignableTo(Thread.class))
                    .or(assignableTo(java.util.Timer.class))
                    .or(assignableTo(java.util.concurrent.ExecutorService.class))
                    .or(assignableTo(java.io.Closeable.class))
                    .or(assignableTo(java.lang.ref.Cleaner.class))
                    .or(assignableTo(java.util.zip.Inflater.class))
                    .or(assignableTo(java.util.zip.Deflater.class)));

    /** The rules of this class see what they are about. */
    static final class Offender {
        static final java.util.Random DICE = new java.util.Random();

        static Object make(String name) throws ReflectiveOperationException {
            ServiceLoader.load(Runnable.class);
            ClassLoader.getSystemResource(name);
            return Class.forName(name).getDeclaredConstructor().newInstance();
        }
    }

    @Test
    void everyRuleFailsOnAnOffender() {
        JavaClasses offender = new ClassFileImporter().importClasses(Offender.class);

        assertThat(offender).extracting(JavaClass::getSimpleName).containsExactly("Offender");
        assertThat(nothingIsLookedUpByReflection.evaluate(offender).hasViolation())
                .isTrue();
        assertThat(noServiceIsLookedUpAndNoProxyIsMade.evaluate(offender).hasViolation())
                .isTrue();
        assertThat(resourcesAreOursAndReadByTheClassBesideThem
                        .evaluate(offender)
                        .hasViolation())
                .isTrue();
        assertThat(nothingRandomOpenOrRunningIsStatic.evaluate(offender).hasViolation())
                .isTrue();
    }
}
