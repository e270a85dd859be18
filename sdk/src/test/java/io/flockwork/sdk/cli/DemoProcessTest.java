package io.flockwork.sdk.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A demo leaves no process behind, and its own count of words is right. */
class DemoProcessTest {
    @TempDir
    Path folder;

    @Test
    void killingAProcessKillsWhatItStarted() throws IOException {
        Path launcher = Files.writeString(folder.resolve("launcher"), "#!/bin/sh\necho \"$@\"\nsleep 600 &\nwait\n");
        assertTrue(launcher.toFile().setExecutable(true));
        DemoProcess process = DemoProcess.start(launcher, folder, "ant", Map.of(), "worker", "--port", "1");
        Awaitility.await().until(() -> process.process().children().count() == 1);
        List<ProcessHandle> children = process.process().children().toList();
        assertTrue(process.lastLines().contains("worker --port 1 --dir " + folder.resolve("ant")));

        process.kill();
        assertFalse(process.isAlive());
        assertFalse(children.get(0).isAlive());
    }

    @Test
    void wordsAreCountedMostFrequentFirst() throws IOException {
        Path text = Files.writeString(folder.resolve("text"), "Don't panic, DON’T! 'Panic' – 42 élan\n");
        assertEquals(
                "don't\t2\npanic\t2\n42\t1\nélan\t1\n",
                new String(new DemoTexts(List.of(text)).counted(), StandardCharsets.UTF_8));
    }
}
