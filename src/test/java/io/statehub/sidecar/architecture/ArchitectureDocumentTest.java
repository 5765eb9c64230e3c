package io.statehub.sidecar.architecture;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of packages in docs/architecture.md says what the code does. */
class ArchitectureDocumentTest {

    private static final Path DOCUMENT = Path.of("docs/architecture.md");
    private static final Pattern ROW = Pattern.compile("^\\| `([a-z]+)` \\|[^|]*\\|([^|]*)\\|$", Pattern.MULTILINE);
    private static final Pattern NAME = Pattern.compile("`([a-z]+)`");
    private static final Pattern PACKAGE = Pattern.compile(Pattern.quote(LayersTest.ROOT) + "\\.([a-z]+)(\\..*)?");

    @Test
    void theTableNamesEveryPackageAndWhatItKnows() throws IOException {
        assertThat(written(documented())).isEqualTo(written(built()));
    }

    private static String written(Map<String, NavigableSet<String>> packages) {
        return packages.entrySet().stream()
                .map(entry -> entry.getKey() + " knows " + String.join(", ", entry.getValue()))
                .collect(joining("\n"));
    }

    private static Map<String, NavigableSet<String>> documented() throws IOException {
        Map<String, NavigableSet<String>> packages = new TreeMap<>();
        ROW.matcher(Files.readString(DOCUMENT))
                .results()
                .forEach(row -> packages.put(
                        row.group(1),
                        NAME.matcher(row.group(2))
                                .results()
                                .map((MatchResult name) -> name.group(1))
                                .collect(toCollection(TreeSet::new))));
        return packages;
    }

    private static Map<String, NavigableSet<String>> built() {
        Map<String, NavigableSet<String>> packages = new TreeMap<>();
        for (JavaClass each : new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(LayersTest.ROOT)) {
            room(each).forEach(from -> {
                NavigableSet<String> known = packages.computeIfAbsent(from, name -> new TreeSet<>());
                each.getDirectDependenciesFromSelf().stream()
                        .flatMap(dependency -> room(dependency.getTargetClass()))
                        .filter(to -> !to.equals(from))
                        .forEach(known::add);
            });
        }
        return packages;
    }

    /** The package below the root; nothing for what stands in the root itself, or is not ours. */
    private static Stream<String> room(JavaClass of) {
        return PACKAGE.matcher(of.getBaseComponentType().getPackageName())
                .results()
                .map(found -> found.group(1));
    }
}
