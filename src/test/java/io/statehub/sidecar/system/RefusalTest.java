package io.statehub.sidecar.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real file system refuses, and what only others can be made to. */
class RefusalTest {

    @TempDir
    private Path folder;

    private static IOException refused(ThrowingCallable attempt) {
        IOException refusal = catchThrowableOfType(IOException.class, attempt);
        assertThat(refusal).as("the refusal").isNotNull();
        return refusal;
    }

    @Test
    void aFileThatIsMissingIsToldByItsNameUnlessThatWasSaid() {
        Path file = folder.resolve("manifest.json");
        IOException refusal = refused(() -> Files.readString(file));

        assertThat(Refusal.of(refusal)).isEqualTo(file + " does not exist");
        assertThat(Refusal.of(refusal, file)).isEqualTo("it does not exist");
        assertThat(Refusal.of(refusal, folder)).isEqualTo(file + " does not exist");
    }

    @Test
    void aFolderThatIsMissingIsToldAndNotTheFileThatWouldBeInIt() {
        Path file = folder.resolve("reports").resolve("today").resolve("report.md");

        assertThat(Refusal.of(refused(() -> Files.writeString(file, "text")), file))
                .isEqualTo("the folder " + folder.resolve("reports") + " does not exist");
    }

    @Test
    void aLinkToNothingIsToldAsOne() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("nothing"));

        assertThat(Refusal.of(refused(() -> Files.readString(link)), link))
                .isEqualTo("it is a link to something that does not exist");
    }

    @Test
    void linksThatLeadInACircleAreTold() throws IOException {
        Path first = folder.resolve("first");
        Path second = Files.createSymbolicLink(folder.resolve("second"), first);
        Files.createSymbolicLink(first, second);

        assertThat(Refusal.of(refused(() -> Files.readString(first)), first))
                .isEqualTo("it leads through too many symbolic links");
    }

    @Test
    void aFolderInThePlaceOfAFileIsTold() {
        assertThat(Refusal.of(refused(() -> Files.readString(folder)), folder)).isEqualTo("it is a folder");
        assertThat(Refusal.of(refused(() -> Files.writeString(folder, "text")), folder))
                .isEqualTo("it is a folder");
    }

    @Test
    void aFileInThePlaceOfAFolderIsTold() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        Path below = file.resolve("report.md");

        assertThat(Refusal.of(refused(() -> Files.writeString(below, "text")), below))
                .isEqualTo(file + " is not a folder");
        assertThat(Refusal.of(refused(() -> Files.newDirectoryStream(file).close()), file))
                .isEqualTo("it is not a folder");
    }

    @Test
    void whatIsThereAlreadyAndWhatIsNotEmptyIsTold() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThat(Refusal.of(refused(() -> Files.createFile(file)), file)).isEqualTo("it exists already");
        assertThat(Refusal.of(refused(() -> Files.delete(folder)))).isEqualTo(folder + " is not empty");
    }

    @Test
    void aFullDiskIsTold() {
        assertThat(Refusal.of(refused(() -> {
                    try (OutputStream full = Files.newOutputStream(Path.of("/dev/full"))) {
                        full.write(1);
                    }
                })))
                .isEqualTo("no space is left on the disk");
    }

    @Test
    void aRightThatIsMissingIsToldOfTheFileOrOfTheFolderThatItWouldBeIn() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        Path absent = folder.resolve("absent");

        assertThat(Refusal.of(new AccessDeniedException(file.toString()), file))
                .isEqualTo("it is not accessible to this user");
        assertThat(Refusal.of(new AccessDeniedException(absent.toString()), absent))
                .isEqualTo("the folder " + folder + " is not accessible to this user");
        assertThat(Refusal.of(new FileSystemException(file.toString(), null, "Read-only file system"), file))
                .isEqualTo("it is on a file system that is read-only");
    }

    @Test
    void aProgramThatIsMissingIsToldWithoutNumbers() {
        assertThat(Refusal.of(refused(() -> new ProcessBuilder("no-such-program").start())))
                .isEqualTo("it does not exist");
    }

    @Test
    void aNameWithoutAnAddressIsTold() {
        assertThat(Refusal.of(catchThrowableOfType(
                        UnknownHostException.class, () -> InetAddress.getAllByName("standby.invalid"))))
                .isEqualTo("the name standby.invalid has no address");
    }

    @Test
    void bytesThatAreNoTextAreTold() throws IOException {
        Path file = Files.write(folder.resolve("file"), new byte[] {(byte) 0xff});

        assertThat(Refusal.of(refused(() -> Files.readString(file)))).isEqualTo("it is not UTF-8 text");
    }

    @Test
    void whatElseTheSystemSaysIsPassedOnWithTheFileItSaysItOf() {
        Path disk = folder.resolve("disk");

        assertThat(Refusal.of(new IOException("Input/output error"))).isEqualTo("Input/output error");
        assertThat(Refusal.of(new FileSystemException(disk.toString(), null, "Input/output error"), folder))
                .isEqualTo(disk + ": Input/output error");
        assertThat(Refusal.of(new FileSystemException(disk.toString()), disk)).isEqualTo("no reason is given");
        assertThat(Refusal.of(new EOFException())).isEqualTo("it ends too early");
    }

    @Test
    void namesOfJavasClassesAreNotPassedOn() {
        assertThat(Refusal.of(new IOException(new IllegalStateException("the pipe is gone"))))
                .isEqualTo("the pipe is gone");
        assertThat(Refusal.of(new UncheckedIOException(new EOFException()))).isEqualTo("it ends too early");
        assertThat(Refusal.of(new UncheckedIOException(new AccessDeniedException(folder.toString()))))
                .isEqualTo(folder + " is not accessible to this user");
    }
}
