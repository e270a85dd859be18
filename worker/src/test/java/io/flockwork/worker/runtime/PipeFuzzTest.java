package io.flockwork.worker.runtime;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;

/** What comes through a runner's pipe, in which a stranger's code may have had a hand. */
class PipeFuzzTest {
    @FuzzTest(maxDuration = "30s")
    void frames(byte[] bytes) {
        DataInputStream pipe = new DataInputStream(new ByteArrayInputStream(bytes));
        try {
            while (true) {
                assertNotNull(Message.read(Frames.read(pipe)));
            }
        } catch (IOException ended) {
            assertNotNull(ended.toString());
        }
    }
}
