package io.statehub.sidecar.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFileTest {

    @TempDir
    private Path folder;

    @Test
    void whatIsWrittenReplacesTheFileAndLeavesNothingBeside() throws Exception {
        Path output = Files.writeString(folder.resolve("report.md"), "of yesterday");

        OutputFile.write(output, "of today");

        assertThat(output).hasContent("of today");
        assertThat(folder).isDirectoryContaining(output::equals).isDirectoryNotContaining(file -> !output.equals(file));
    }

    @Test
    void aFolderThatIsMissingIsNamed() {
        Path output = folder.resolve("reports").resolve("report.md");

        assertThatThrownBy(() -> OutputFile.write(output, "text"))
                .isInstanceOf(OutputFile.NotWrittenException.class)
                .hasMessage("--output: " + output + " can't be written: the folder " + folder.resolve("reports")
                        + " does not exist");
    }

    @Test
    void aFolderIsNoFileToWriteTo() {
        assertThatThrownBy(() -> OutputFile.write(folder, "text"))
                .hasMessage("--output: " + folder + " can't be written: it is a folder");
    }

    @Test
    void aFileInThePlaceOfAFolderIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        Path output = file.resolve("report.md");

        assertThatThrownBy(() -> OutputFile.write(output, "text"))
                .hasMessage("--output: " + output + " can't be written: " + file + " is not a folder");
    }

    @Test
    void whatIsNoRegularFileIsWrittenToAsItIs() throws Exception {
        OutputFile.write(Path.of("/dev/null"), "text");

        assertThat(Path.of("/dev/null.part")).doesNotExist();
    }
}
