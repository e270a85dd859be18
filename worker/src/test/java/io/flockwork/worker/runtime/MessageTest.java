package io.flockwork.worker.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import io.flockwork.sdk.blob.BlobHasher;
import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.Code;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.Limits;
import io.flockwork.sdk.model.Span;
import io.flockwork.sdk.model.UnitOutcome;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** That what crosses the pipe arrives as it was, and that nonsense is refused and never obeyed. */
class MessageTest {
    private static final byte[] BYTES = "some bytes".getBytes(StandardCharsets.UTF_8);

    private static List<Message> messages() {
        UnitTask task = new UnitTask(new Span(-7, Long.MAX_VALUE - 8), BYTES, "näme.txt");
        BlobId blob = BlobId.of(new byte[BlobId.BYTES]);
        BlobId metered = new BlobHasher().idOf(BYTES);
        Code wasm = new Code.Wasm(blob, metered, List.of("a", ""));
        Code java = new Code.Java("mirror", Map.of("x", "1", "y", "zwei"));
        return List.of(
                new Message.Define(3, new JobId("job"), wasm, Limits.DEFAULT, true, BYTES),
                new Message.Define(4, new JobId("job"), java, Limits.DEFAULT, false, new byte[0]),
                new Message.Forget(9),
                new Message.Units(3, List.of(new Message.Order(1, task), new Message.Order(2, task))),
                new Message.Stop(List.of(1, Integer.MAX_VALUE)),
                new Message.Inspect(5, BYTES, metered),
                new Message.Outcomes(List.of(
                        new Message.Answer(1, new UnitOutcome.Done(BYTES, new byte[0], 12, 1L << 50)),
                        new Message.Answer(2, new UnitOutcome.Failed("exit code 3 …", BYTES, 0)))),
                new Message.Beat(),
                new Message.Bye());
    }

    private static byte[] bytes(Message message) {
        Output out = Frames.body(16);
        message.write(out);
        return out.toBytes();
    }

    @Test
    void everyMessageArrivesAsItWas() throws IOException {
        for (Message message : messages()) {
            byte[] sent = bytes(message);
            Message read = Message.read(new Input(sent));
            assertEquals(message.getClass(), read.getClass());
            byte[] again = bytes(read);
            Arrays.sort(sent);
            Arrays.sort(again);
            assertEquals(Arrays.toString(sent), Arrays.toString(again), "maps may change their order, no more");
        }
    }

    @Test
    void theFieldsOfUnitsAndOutcomesArriveAsTheyWere() throws IOException {
        UnitTask task = ((Message.Units) Message.read(new Input(bytes(messages().get(3)))))
                .orders()
                .get(1)
                .task();
        assertEquals(new Span(-7, Long.MAX_VALUE - 8), task.span());
        assertEquals("näme.txt", task.inputName());
        assertEquals("some bytes", new String(task.input(), StandardCharsets.UTF_8));
        UnitOutcome outcome = ((Message.Outcomes)
                        Message.read(new Input(bytes(messages().get(6)))))
                .answers()
                .get(1)
                .outcome();
        assertEquals("exit code 3 …", RunnerHarness.cause(outcome));
        assertEquals("some bytes", RunnerHarness.stderr(outcome));
    }

    @Property(tries = 2000)
    void damagedMessagesAreRefusedAsSuchOrReadAsOthers(@ForAll long seed) {
        Random random = new Random(seed);
        List<Message> messages = messages();
        byte[] damaged = bytes(messages.get(random.nextInt(messages.size())));
        for (int hits = random.nextInt(4); hits >= 0; hits--) {
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
        }
        byte[] cut = Arrays.copyOf(damaged, 1 + random.nextInt(damaged.length));
        try {
            bytes(Message.read(new Input(cut)));
        } catch (IOException refused) {
            assertEquals(IOException.class, refused.getClass());
        }
    }

    @Test
    void framesOfImpossibleLengthAreRefusedUnread() {
        for (byte[] length : List.of(new byte[4], new byte[] {127, -1, -1, -1}, new byte[] {-1, 0, 0, 0})) {
            DataInputStream pipe = new DataInputStream(new ByteArrayInputStream(length));
            assertThrows(IOException.class, () -> Frames.read(pipe));
        }
    }
}
