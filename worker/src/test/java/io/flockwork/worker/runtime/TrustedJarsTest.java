package io.flockwork.worker.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.flockwork.sdk.identity.NodeKeys;
import io.flockwork.sdk.identity.PublisherSignature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stranger's class is loaded only when the volunteer trusts who signed its jar, and only as it was signed. */
class TrustedJarsTest {
    private final NodeKeys publisher = NodeKeys.generate();

    @TempDir
    Path folder;

    private Path own;

    @BeforeEach
    void chooseFolder() {
        own = folder.resolve("own");
    }

    @Test
    void onlyWhatATrustedPublisherHasSignedIsLoaded() throws IOException {
        Path signed = jar("signed.jar");
        PublisherSignature.sign(publisher, signed);
        PublisherSignature.sign(NodeKeys.generate(), jar("strange.jar"));
        jar("unsigned.jar");
        assertEquals(List.of(own.resolve("signed.jar")), loaded());
        assertEquals(List.of(), new TrustedJars(folder, Set.of()).copiedTo(own));
        assertEquals(List.of(), new TrustedJars(folder.resolve("nowhere"), Set.of(publisher.id())).copiedTo(own));
    }

    @Test
    void aJarThatWasChangedAfterItWasSignedIsNot() throws IOException {
        Path jar = jar("signed.jar");
        PublisherSignature.sign(publisher, jar);
        Files.write(jar, new byte[] {1, 2, 4});
        assertEquals(List.of(), loaded());
    }

    @Test
    void aSignatureThatIsNoneIsNoObstacle() throws IOException {
        for (String rubbish : new String[] {"", "\n", "!!!\n???\n", "AAAA\nAAAA\n", "x".repeat(100_000)}) {
            Files.writeString(PublisherSignature.fileOf(jar("a.jar")), rubbish);
            assertEquals(List.of(), loaded());
        }
    }

    @Test
    void aJarThatIsChangedAfterItWasCheckedIsLoadedAsItWasChecked() throws IOException {
        Path jar = jar("signed.jar");
        PublisherSignature.sign(publisher, jar);
        List<Path> loaded = loaded();
        Files.write(jar, new byte[] {6, 6, 6});
        assertArrayEquals(new byte[] {1, 2, 3}, Files.readAllBytes(loaded.get(0)));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(own)));
        assertEquals(List.of(), loaded(), "at the next start it is not trusted any more");
        assertFalse(Files.exists(own.resolve("signed.jar")));
    }

    private List<Path> loaded() throws IOException {
        return new TrustedJars(folder, Set.of(publisher.id())).copiedTo(own);
    }

    private Path jar(String name) throws IOException {
        return Files.write(folder.resolve(name), new byte[] {1, 2, 3});
    }
}
