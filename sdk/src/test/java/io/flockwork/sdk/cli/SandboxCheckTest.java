package io.flockwork.sdk.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the doctor says of sandboxes, with a bubblewrap that does as the test wants. */
class SandboxCheckTest {
    private static final String FORBIDDEN = "echo 'bwrap: No permissions to create new namespace' >&2; exit 1";

    @TempDir
    Path folder;

    private SandboxCheck check(String trial) throws IOException {
        Path bwrap = Files.writeString(
                folder.resolve("bwrap"),
                "#!/bin/sh\n[ \"$1\" = --version ] && echo 'bubblewrap 0.8.0' && exit 0\n" + trial + "\n");
        Files.setPosixFilePermissions(bwrap, PosixFilePermissions.fromString("rwxr-xr-x"));
        return SandboxCheck.of("Linux", bwrap.toString(), folder);
    }

    private void kernelSays(String file, String value) throws IOException {
        Path setting = folder.resolve(file);
        Files.createDirectories(setting.getParent());
        Files.writeString(setting, value + "\n");
    }

    @Test
    void aBubblewrapThatWorksIsNamed() throws IOException {
        assertEquals(new SandboxCheck(true, "bubblewrap 0.8.0 works"), check("exit 0"));
    }

    @Test
    void aMissingOneIsToldHowToGet() throws IOException {
        SandboxCheck missing =
                SandboxCheck.of("Linux", folder.resolve("nothing").toString(), folder);
        assertFalse(missing.works());
        assertTrue(missing.says().contains("apt-get install bubblewrap"), missing.says());
        assertTrue(missing.says().contains("dnf install bubblewrap"), missing.says());
    }

    @Test
    void aForbiddenOneIsToldWhatHelps() throws IOException {
        kernelSays("user/max_user_namespaces", "0");
        assertEquals(
                "none: bubblewrap does not work here (bwrap: No permissions to create new namespace); what helps: sysctl -w"
                        + " user.max_user_namespaces=10000",
                check(FORBIDDEN).says());
        kernelSays("user/max_user_namespaces", "96365");
        kernelSays("kernel/apparmor_restrict_unprivileged_userns", "1");
        assertTrue(check(FORBIDDEN).says().contains("AppArmor profile"));
        kernelSays("kernel/apparmor_restrict_unprivileged_userns", "0");
        assertTrue(check(FORBIDDEN).says().endsWith("in a container, its own rules may forbid user namespaces"));
    }

    @Test
    void otherSystemsHaveNone() throws IOException {
        SandboxCheck none = SandboxCheck.of("Mac OS X", "bwrap", folder);
        assertFalse(none.works());
        assertTrue(none.says().startsWith("none: there is one for Linux only"), none.says());
    }
}
