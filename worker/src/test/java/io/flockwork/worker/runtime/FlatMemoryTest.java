package io.flockwork.worker.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import run.endive.runtime.Memory;
import run.endive.runtime.WasmRuntimeException;

/** That the flat memory is what WebAssembly says a memory is: little-endian bytes, zero at first, and nothing beside. */
class FlatMemoryTest {
    private static final int PAGE = Memory.PAGE_SIZE;
    private static final int MOST_PAGES = 5;

    /** One access at an address, of a width in bytes. */
    record Access(String kind, int address, long value) {}

    /** The obvious memory: a byte array that is copied whenever it grows. */
    private static final class Model {
        private byte[] bytes = new byte[PAGE];

        boolean has(int address, int length) {
            return address >= 0 && length >= 0 && (long) address + length <= bytes.length;
        }

        long read(int address, int width) {
            byte[] bigEndian = new byte[width];
            for (int i = 0; i < width; i++) {
                bigEndian[width - 1 - i] = bytes[address + i];
            }
            return new BigInteger(bigEndian).longValue();
        }

        void write(int address, int width, long value) {
            for (int i = 0; i < width; i++) {
                bytes[address + i] = (byte) (value >> 8 * i);
            }
        }

        int grow(int pages) {
            int before = bytes.length / PAGE;
            if (pages < 0 || before + (long) pages > MOST_PAGES) {
                return -1;
            }
            bytes = java.util.Arrays.copyOf(bytes, bytes.length + pages * PAGE);
            return before;
        }
    }

    @Provide
    Arbitrary<List<Access>> accesses() {
        Arbitrary<String> kinds = Arbitraries.of(
                "byte", "short", "int", "long", "float", "double", "fill", "copy", "bytes", "grow", "grow");
        Arbitrary<Integer> addresses = Arbitraries.oneOf(
                Arbitraries.integers().between(0, MOST_PAGES * PAGE),
                Arbitraries.integers().between(1, MOST_PAGES).flatMap(page -> Arbitraries.integers()
                        .between(page * PAGE - 9, page * PAGE + 9)),
                Arbitraries.of(-1, -8, Integer.MIN_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE - 7));
        return Combinators.combine(kinds, addresses, Arbitraries.longs())
                .as(Access::new)
                .list()
                .ofMaxSize(60);
    }

    @Property(tries = 400)
    void behavesAsTheObviousMemory(@ForAll("accesses") List<Access> accesses) {
        FlatMemory memory = new FlatMemory(1, MOST_PAGES);
        memory.zero();
        Model model = new Model();
        for (Access access : accesses) {
            apply(access, memory, model);
        }
        assertArrayEquals(model.bytes, memory.readBytes(0, model.bytes.length));
        assertEquals(model.bytes.length / PAGE, memory.pages());
    }

    private static void apply(Access access, FlatMemory memory, Model model) {
        int address = access.address;
        long value = access.value;
        switch (access.kind) {
            case "byte" ->
                scalar(
                        model,
                        address,
                        1,
                        value,
                        () -> memory.writeByte(address, (byte) value),
                        () -> memory.read(address));
            case "short" ->
                scalar(
                        model,
                        address,
                        2,
                        value,
                        () -> memory.writeShort(address, (short) value),
                        () -> memory.readShort(address));
            case "int" ->
                scalar(
                        model,
                        address,
                        4,
                        value,
                        () -> memory.writeI32(address, (int) value),
                        () -> memory.readInt(address));
            case "long" ->
                scalar(
                        model,
                        address,
                        8,
                        value,
                        () -> memory.writeLong(address, value),
                        () -> memory.readLong(address));
            case "float" ->
                scalar(
                        model,
                        address,
                        4,
                        Float.floatToRawIntBits((float) value),
                        () -> memory.writeF32(address, (float) value),
                        () -> Float.floatToRawIntBits(memory.readFloat(address)));
            case "double" ->
                scalar(
                        model,
                        address,
                        8,
                        Double.doubleToRawLongBits((double) value),
                        () -> memory.writeF64(address, (double) value),
                        () -> Double.doubleToRawLongBits(memory.readDouble(address)));
            case "fill" -> fill(memory, model, address, (int) (value & 0x1ffff), (byte) (value >> 20));
            case "copy" -> copy(memory, model, address, (int) (value >>> 40 & 0x3ffff), (int) (value & 0x1ffff));
            case "bytes" -> bytes(memory, model, address, (int) (value & 0xff), (byte) (value >> 20));
            default -> assertEquals(model.grow((int) (value % 3)), memory.grow((int) (value % 3)));
        }
    }

    private static void scalar(Model model, int address, int width, long value, Runnable write, Reading read) {
        if (!model.has(address, width)) {
            assertThrows(WasmRuntimeException.class, write::run);
            assertThrows(WasmRuntimeException.class, read::get);
            return;
        }
        assertEquals(model.read(address, width), read.get());
        write.run();
        model.write(address, width, value);
        assertEquals(model.read(address, width), read.get());
    }

    private static void fill(FlatMemory memory, Model model, int address, int length, byte value) {
        if (!model.has(address, length)) {
            assertThrows(WasmRuntimeException.class, () -> memory.fill(value, address, address + length));
            return;
        }
        memory.fill(value, address, address + length);
        java.util.Arrays.fill(model.bytes, address, address + length, value);
    }

    private static void copy(FlatMemory memory, Model model, int to, int from, int length) {
        if (!model.has(to, length) || !model.has(from, length)) {
            assertThrows(WasmRuntimeException.class, () -> memory.copy(to, from, length));
            return;
        }
        memory.copy(to, from, length);
        byte[] moved = java.util.Arrays.copyOfRange(model.bytes, from, from + length);
        System.arraycopy(moved, 0, model.bytes, to, length);
    }

    private static void bytes(FlatMemory memory, Model model, int address, int length, byte value) {
        byte[] data = new byte[length + 2];
        java.util.Arrays.fill(data, value);
        if (!model.has(address, length)) {
            assertThrows(WasmRuntimeException.class, () -> memory.write(address, data, 1, length));
            assertThrows(WasmRuntimeException.class, () -> memory.readBytes(address, length));
            return;
        }
        memory.write(address, data, 1, length);
        System.arraycopy(data, 1, model.bytes, address, length);
    }

    /** Reads a scalar, sign-extended. */
    private interface Reading {
        long get();
    }

    @Test
    void growingStopsAtTheMaximumAndIsRemembered() {
        FlatMemory memory = new FlatMemory(2, 4);
        assertEquals(2, memory.grow(2));
        assertFalse(memory.wasRefused());
        assertEquals(-1, memory.grow(1));
        assertEquals(-1, memory.grow(Integer.MAX_VALUE));
        assertEquals(-1, memory.grow(-1));
        assertTrue(memory.wasRefused());
        assertEquals(4, memory.pages());
    }

    @Test
    void memoryBeyondItsSizeTrapsAlthoughTheArrayIsLonger() {
        FlatMemory memory = new FlatMemory(3, 100);
        memory.grow(1);
        memory.writeI32(4 * PAGE - 4, 7);
        assertThrows(WasmRuntimeException.class, () -> memory.readInt(4 * PAGE - 3));
        assertThrows(WasmRuntimeException.class, () -> memory.writeByte(4 * PAGE, (byte) 1));
        memory.grow(1);
        assertEquals(0, memory.read(4 * PAGE));
    }

    @Test
    void aSegmentIsReadWithinItsBounds() {
        FlatMemory memory = new FlatMemory(1, 1);
        byte[] data = {1, 2, 3};
        assertThrows(WasmRuntimeException.class, () -> memory.write(0, data, 2, 2));
        assertThrows(WasmRuntimeException.class, () -> memory.write(0, data, -1, 1));
        assertThrows(WasmRuntimeException.class, () -> memory.write(0, data, 0, -1));
    }
}
