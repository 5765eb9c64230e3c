package io.statehub.sidecar.testing.bytecode;

import static org.assertj.core.api.Assertions.assertThat;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import com.oracle.svm.core.annotate.TargetElement;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** What GraalVM would stop at, in classes that replace something in others. Nothing here is ever run. */
class SubstitutionsTest {

    private static final String HERE = "io.statehub.sidecar.testing.bytecode.SubstitutionsTest$";

    static class Above {
        int inherited;
    }

    static class Library extends Above {
        int kept;

        int add(Part part) {
            return kept + inherited + part.hashCode();
        }

        static final class Part {}
    }

    static final class Never implements BooleanSupplier {
        @Override
        public boolean getAsBoolean() {
            return false;
        }
    }

    @TargetClass(Library.class)
    static final class Sound {
        @Alias
        int kept;

        @Alias
        int inherited;

        @Alias
        Sound() {}

        @Substitute
        @TargetElement(name = "add")
        int sum(SoundPart part) {
            return kept;
        }

        @Substitute
        @TargetElement(onlyWith = Never.class)
        int perhaps() {
            return 1;
        }
    }

    @TargetClass(value = Library.class, innerClass = "Part")
    static final class SoundPart {}

    @TargetClass(className = "org.example.Gone", onlyWith = Never.class)
    static final class Conditional {}

    @TargetClass(className = "sun.nio.ch.Iocp")
    static final class OfAnotherJdk {}

    @TargetClass(className = "org.example.Gone")
    static final class OfNoClass {}

    @TargetClass(Library.class)
    static final class OfNoMember {
        @Alias
        long kept;

        @Alias
        int lost;

        @Substitute
        int add(String part) {
            return 1;
        }
    }

    @Test
    void classMethodOrFieldThatTheLibraryHasNoMoreIsSeen() throws Exception {
        Path here = Path.of(
                getClass().getProtectionDomain().getCodeSource().getLocation().toURI());
        try (ClassPath classes = new ClassPath(Set.of(here))) {
            assertThat(new Substitutions(classes).missing())
                    .containsExactlyInAnyOrderEntriesOf(Map.of(
                            HERE + "OfNoClass",
                            List.of("org.example.Gone"),
                            HERE + "OfNoMember",
                            List.of(
                                    HERE + "Library.add(Ljava/lang/String;)I",
                                    HERE + "Library.kept J",
                                    HERE + "Library.lost I")));
        }
    }
}
