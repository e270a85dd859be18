package io.flockwork.sdk.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.io.Output;
import com.sun.management.ThreadMXBean;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.Span;
import io.flockwork.sdk.model.UnitOutcome;
import io.flockwork.sdk.wire.ClientMessage.Reply;
import io.flockwork.sdk.wire.ClientMessage.Response;
import io.flockwork.sdk.wire.WorkerMessage.Answer;
import io.flockwork.sdk.wire.WorkerMessage.UnitReport;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/** Every message survives the wire, and no bytes do harm: they are a message, or a {@link WireException}, at little cost. */
class CodecTest {
    private static final int FIXED_COST = 512 << 10;
    private static final int COST_PER_BYTE = 64;

    private final Codec codec = new Codec();
    private final ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    CodecTest() {
        // What is set up at the first message is not a message's cost.
        codec.decode(codec.encode(new WorkerMessage.NotLed(new JobId("a"))));
    }

    @Provide
    Arbitrary<Message> messages() {
        return ArbitraryRecords.messages();
    }

    @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
    void everyMessageComesBack(@ForAll("messages") Message message) {
        byte[] bytes = codec.encode(message);
        Message back = codec.decode(bytes);
        assertEquals(message.getClass(), back.getClass());
        assertArrayEquals(bytes, codec.encode(back));
    }

    @Property(tries = 1000)
    void randomBytesDoNoHarm(@ForAll @Size(max = 200) byte[] bytes) {
        assertHarmless(bytes);
    }

    @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
    void changedMessagesDoNoHarm(@ForAll("messages") Message message, @ForAll long seed) {
        Random random = new Random(seed);
        byte[] bytes = codec.encode(message);
        for (int i = random.nextInt(4); i >= 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        if (random.nextBoolean()) {
            bytes = Arrays.copyOf(bytes, random.nextInt(2 * bytes.length));
        }
        assertHarmless(bytes);
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void hugeLengthsAllocateNothing(@ForAll("messages") Message message, @ForAll long seed) {
        byte[] bytes = codec.encode(message);
        byte[] huge = {-1, -1, -1, -1, 7};
        int at = new Random(seed).nextInt(bytes.length);
        byte[] spliced = Arrays.copyOf(bytes, bytes.length + huge.length);
        System.arraycopy(huge, 0, spliced, at, huge.length);
        System.arraycopy(bytes, at, spliced, at + huge.length, bytes.length - at);
        assertHarmless(spliced);
    }

    @Example
    void aMegabyteOfNestedListsIsRefusedAtLittleCost() {
        byte[] lists = new byte[1 << 20];
        // Number of the message, then the list's, each shifted by the two that Kryo keeps for itself.
        lists[0] = 91 + 2;
        Arrays.fill(lists, 1, lists.length, (byte) (11 + 2));
        assertHarmless(lists);
    }

    @Example
    void aListHoldsOnlyWhatItSays() {
        Kryo kryo = Registrations.newKryo();
        Output output = new Output(1000);
        @SuppressWarnings({"unchecked", "rawtypes"})
        Reply polluted = new Reply(1, new Response.Jobs((List) List.of(new JobId("a"))));
        kryo.writeClassAndObject(output, polluted);
        assertThrows(WireException.class, () -> codec.decode(output.toBytes()));
    }

    @Example
    void whatIsTooLongIsNotLookedAt() {
        assertThrows(WireException.class, () -> codec.decode(new byte[Message.MAX_BYTES + 1]));
    }

    private void assertHarmless(byte[] bytes) {
        long before = memory.getThreadAllocatedBytes(Thread.currentThread().getId());
        try {
            codec.encode(codec.decode(bytes));
        } catch (WireException refused) {
            assertTrue(refused.getMessage().startsWith("not a message"), refused.getMessage());
        }
        long cost = memory.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        assertTrue(
                cost < FIXED_COST + (long) COST_PER_BYTE * bytes.length,
                bytes.length + " bytes made " + cost + " bytes of garbage");
    }

    /** Records refuse what is null by themselves; reports are read by hand. */
    @Example
    void aTextThatIsMissingIsRefused() {
        UnitReport failed =
                new UnitReport(new Span(0, 1), new Answer.Failed(new UnitOutcome.Failed("q", new byte[0], 7)));
        byte[] bytes = codec.encode(new WorkerMessage.Report(new JobId("job"), List.of(failed)));
        int refused = 0;
        for (int i = 0; i < bytes.length; i++) {
            byte[] changed = bytes.clone();
            changed[i] = (byte) 0x80;
            try {
                codec.decode(changed);
            } catch (WireException missing) {
                refused += String.valueOf(missing.getCause()).contains("a text is missing") ? 1 : 0;
            }
        }
        assertTrue(refused > 0, "no byte is the text's length");
    }
}
