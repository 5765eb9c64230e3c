package io.statehub.sidecar.packaging;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import picocli.CommandLine.Command;

/** The commands, found by their annotation and not by a list that could miss one. */
final class Commands {

    private Commands() {}

    /** The names of all classes that are commands. */
    static List<String> all() {
        return new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("io.statehub.sidecar")
                        .stream()
                        .filter(type -> type.isAnnotatedWith(Command.class))
                        .map(type -> type.getName())
                        .toList();
    }
}
