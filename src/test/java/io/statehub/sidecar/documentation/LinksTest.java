package io.statehub.sidecar.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every relative link in the documents leads to a file of the repository. */
class LinksTest {

    private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]+)(#[^)]*)?\\)");
    private static final Path ROOT = Path.of("").toAbsolutePath();

    @Test
    void relativeLinksResolve() throws IOException {
        for (Path document : documents()) {
            List<String> broken = LINK.matcher(Files.readString(document))
                    .results()
                    .map(MatchResult::group)
                    .map(link -> LINK.matcher(link).replaceAll("$1"))
                    .filter(target -> !target.startsWith("https://"))
                    .filter(target -> !Files.exists(document.resolveSibling(target)))
                    .toList();
            assertThat(broken).as(document.toString()).isEmpty();
        }
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> top = Files.list(ROOT);
                Stream<Path> docs = Files.walk(ROOT.resolve("docs"));
                Stream<Path> benchmarks = Files.walk(ROOT.resolve("benchmarks"))) {
            return Stream.of(top, docs, benchmarks)
                    .flatMap(paths -> paths)
                    .filter(path -> path.toString().endsWith(".md"))
                    .toList();
        }
    }
}
