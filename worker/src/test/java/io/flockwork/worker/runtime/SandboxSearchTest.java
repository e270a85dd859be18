package io.flockwork.worker.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found where bubblewrap is missing, does not work, is not wanted, or is of no use. */
class SandboxSearchTest {
    @TempDir
    Path folder;

    private RunnerSettings settings;

    @BeforeEach
    void settings() {
        settings = RunnerSettings.of(1, 64 << 20, folder.resolve("runner"));
    }

    private Sandbox find(SandboxChoice choice, String system) throws IOException {
        return new SandboxSearch(settings.with(choice), system, folder.toString()).find();
    }

    private void installBwrap(String script) throws IOException {
        Path program = Files.writeString(folder.resolve("bwrap"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void withoutBubblewrapTheVolunteerIsToldSo() throws IOException {
        assertEquals(
                "Units run without a sandbox, because bubblewrap is not installed; 'flockwork doctor' says what helps:"
                        + " WebAssembly units still reach nothing of this machine, but Java units could read and change"
                        + " what you can.",
                find(SandboxChoice.AUTO, "Linux").protection());
    }

    @Test
    void whatIsInstalledAndForbiddenIsNoSandbox() throws IOException {
        installBwrap("echo 'bwrap: setting up uid map: Permission denied' >&2; exit 1");
        String protection = find(SandboxChoice.AUTO, "Linux").protection();
        assertTrue(
                protection.contains(
                        "bubblewrap does not work here (bwrap: setting up uid map: Permission denied); 'flockwork doctor'"),
                protection);
        assertFalse(Files.exists(folder.resolve("runner/trial.board")));
        assertFalse(Files.exists(folder.resolve("runner/trial.err")));
    }

    @Test
    void whatIsRequiredAndMissingIsOneSentence() {
        IllegalStateException refusal =
                assertThrows(IllegalStateException.class, () -> find(SandboxChoice.REQUIRED, "Linux"));
        assertEquals(
                "a sandbox is required, but bubblewrap is not installed; 'flockwork doctor' says what helps",
                refusal.getMessage());
        refusal = assertThrows(IllegalStateException.class, () -> find(SandboxChoice.REQUIRED, "Mac OS X"));
        assertEquals("a sandbox is required, but Flockwork has none for Mac OS X", refusal.getMessage());
    }

    @Test
    void whatIsNotWantedIsNotTried() throws IOException {
        Path traces = folder.resolve("tried");
        installBwrap("touch '" + traces + "'");
        assertInstanceOf(NoSandbox.class, find(SandboxChoice.OFF, "Linux"));
        assertFalse(Files.exists(traces));
    }

    @Test
    void boundsHoldWithoutASandboxToo() throws IOException {
        List<String> java = List.of("java", "-version");
        List<String> onLinux = find(SandboxChoice.OFF, "Linux").enclose(java, folder, folder);
        assertTrue(onLinux.get(2).contains("ulimit -d ") && onLinux.get(2).contains("ulimit -f "), onLinux.toString());
        assertEquals(java, onLinux.subList(onLinux.size() - 2, onLinux.size()));
        assertEquals(java, find(SandboxChoice.OFF, "Windows 11").enclose(java, folder, folder));
    }

    @Test
    void choicesAreReadAsPeopleWriteThem() {
        assertEquals(SandboxChoice.REQUIRED, SandboxChoice.parse("Required"));
        assertEquals(
                "the sandbox is auto, required or off, not 'on'",
                assertThrows(IllegalArgumentException.class, () -> SandboxChoice.parse("on"))
                        .getMessage());
    }
}
