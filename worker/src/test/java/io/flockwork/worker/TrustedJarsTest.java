package io.flockwork.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.flockwork.sdk.identity.NodeKeys;
import io.flockwork.sdk.identity.PublisherSignature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stranger's class is loaded only when the volunteer trusts who signed its jar, and only as it was signed. */
class TrustedJarsTest {
    private final NodeKeys publisher = NodeKeys.generate();

    @TempDir
    Path folder;

    @Test
    void onlyWhatATrustedPublisherHasSignedIsLoaded() throws IOException {
        Path signed = jar("signed.jar");
        PublisherSignature.sign(publisher, signed);
        PublisherSignature.sign(NodeKeys.generate(), jar("strange.jar"));
        jar("unsigned.jar");
        assertEquals(List.of(signed), TrustedJars.in(folder, Set.of(publisher.id())));
        assertEquals(List.of(), TrustedJars.in(folder, Set.of()));
        assertEquals(List.of(), TrustedJars.in(folder.resolve("nowhere"), Set.of(publisher.id())));
    }

    @Test
    void aJarThatWasChangedAfterItWasSignedIsNot() throws IOException {
        Path jar = jar("signed.jar");
        PublisherSignature.sign(publisher, jar);
        Files.write(jar, new byte[] {1, 2, 4});
        assertEquals(List.of(), TrustedJars.in(folder, Set.of(publisher.id())));
    }

    @Test
    void aSignatureThatIsNoneIsNoObstacle() throws IOException {
        for (String rubbish : new String[] {"", "\n", "!!!\n???\n", "AAAA\nAAAA\n", "x".repeat(100_000)}) {
            Files.writeString(PublisherSignature.fileOf(jar("a.jar")), rubbish);
            assertEquals(List.of(), TrustedJars.in(folder, Set.of(publisher.id())));
        }
    }

    private Path jar(String name) throws IOException {
        return Files.write(folder.resolve(name), new byte[] {1, 2, 3});
    }
}
