package io.flockwork.worker.runtime;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import run.endive.runtime.ConstantEvaluators;
import run.endive.runtime.Instance;
import run.endive.runtime.Memory;
import run.endive.runtime.WasmRuntimeException;
import run.endive.wasm.UninstantiableException;
import run.endive.wasm.types.ActiveDataSegment;
import run.endive.wasm.types.DataSegment;
import run.endive.wasm.types.PassiveDataSegment;

/**
 * A linear memory in one array. The engine's own memories pay for pages or for a buffer with every access; here it is a
 * compare and a load. The array grows geometrically and so may be longer than the memory, which is why each access is
 * checked against the memory's size. Addresses from 2 GiB up are negative, and trap. Confined to one thread.
 */
final class FlatMemory implements Memory {
    private static final VarHandle SHORTS = view(short[].class);
    private static final VarHandle INTS = view(int[].class);
    private static final VarHandle LONGS = view(long[].class);
    private static final VarHandle FLOATS = view(float[].class);
    private static final VarHandle DOUBLES = view(double[].class);

    private final int initialPages;
    private final int maximumPages;
    private byte[] bytes;
    private int size;
    private DataSegment[] segments = {};
    private boolean written;
    private boolean refused;

    FlatMemory(int initialPages, int maximumPages) {
        this.initialPages = initialPages;
        this.maximumPages = Math.min(maximumPages, RUNTIME_MAX_PAGES);
        this.size = initialPages * PAGE_SIZE;
        this.bytes = new byte[size];
    }

    private static VarHandle view(Class<?> array) {
        return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
    }

    /** True when the memory was once to grow beyond its maximum. */
    boolean wasRefused() {
        return refused;
    }

    @Override
    public int pages() {
        return size / PAGE_SIZE;
    }

    @Override
    public int grow(int more) {
        int before = pages();
        if (more < 0 || more > maximumPages - before) {
            refused = true;
            return -1;
        }
        size += more * PAGE_SIZE;
        if (size > bytes.length) {
            bytes = Arrays.copyOf(bytes, capacityFor(size));
        }
        return before;
    }

    private int capacityFor(int needed) {
        return (int) Math.min((long) maximumPages * PAGE_SIZE, Math.max(needed, 2L * bytes.length));
    }

    @Override
    public int initialPages() {
        return initialPages;
    }

    @Override
    public int maximumPages() {
        return maximumPages;
    }

    @Override
    public boolean shared() {
        return false;
    }

    private int at(int address, int length) {
        if (address < 0 || address > size - length) {
            throw outOfBounds(address, length);
        }
        return address;
    }

    private void check(int address, int length) {
        if (address < 0 || length < 0 || address > size - length) {
            throw outOfBounds(address, length);
        }
    }

    private WasmRuntimeException outOfBounds(int address, int length) {
        return new WasmRuntimeException("out of bounds memory access: " + length + " bytes at "
                + Integer.toUnsignedLong(address) + " of " + size);
    }

    @Override
    public byte read(int address) {
        return bytes[at(address, 1)];
    }

    @Override
    public short readShort(int address) {
        return (short) SHORTS.get(bytes, at(address, 2));
    }

    @Override
    public long readU16(int address) {
        return Short.toUnsignedLong(readShort(address));
    }

    @Override
    public int readInt(int address) {
        return (int) INTS.get(bytes, at(address, 4));
    }

    @Override
    public long readLong(int address) {
        return (long) LONGS.get(bytes, at(address, 8));
    }

    @Override
    public float readFloat(int address) {
        return (float) FLOATS.get(bytes, at(address, 4));
    }

    @Override
    public long readF32(int address) {
        return readInt(address);
    }

    @Override
    public double readDouble(int address) {
        return (double) DOUBLES.get(bytes, at(address, 8));
    }

    @Override
    public long readF64(int address) {
        return readLong(address);
    }

    @Override
    public byte[] readBytes(int address, int length) {
        check(address, length);
        return Arrays.copyOfRange(bytes, address, address + length);
    }

    @Override
    public void writeByte(int address, byte value) {
        bytes[at(address, 1)] = value;
    }

    @Override
    public void writeShort(int address, short value) {
        SHORTS.set(bytes, at(address, 2), value);
    }

    @Override
    public void writeI32(int address, int value) {
        INTS.set(bytes, at(address, 4), value);
    }

    @Override
    public void writeLong(int address, long value) {
        LONGS.set(bytes, at(address, 8), value);
    }

    @Override
    public void writeF32(int address, float value) {
        FLOATS.set(bytes, at(address, 4), value);
    }

    @Override
    public void writeF64(int address, double value) {
        DOUBLES.set(bytes, at(address, 8), value);
    }

    @Override
    public void write(int address, byte[] from, int offset, int length) {
        if (offset < 0 || length < 0 || offset > from.length - length) {
            throw new WasmRuntimeException(
                    "out of bounds memory access: " + length + " bytes at " + offset + " of a segment");
        }
        check(address, length);
        System.arraycopy(from, offset, bytes, address, length);
    }

    @Override
    public void fill(byte value, int from, int to) {
        check(from, to - from);
        Arrays.fill(bytes, from, to, value);
    }

    @Override
    public void copy(int to, int from, int length) {
        check(to, length);
        check(from, length);
        System.arraycopy(bytes, from, bytes, to, length);
    }

    /** The engine does this first of all, when there is nothing yet to clear. */
    @Override
    public void zero() {
        if (written) {
            fill((byte) 0, 0, size);
        }
        written = true;
    }

    @Override
    public void initialize(Instance instance, DataSegment[] dataSegments) {
        written = true;
        // Not a copy: the instance drops segments in its own array.
        segments = dataSegments == null ? new DataSegment[0] : dataSegments;
        for (DataSegment segment : segments) {
            if (segment instanceof ActiveDataSegment active) {
                long offset = ConstantEvaluators.computeConstantValue(instance, active.offsetInstructions())[0];
                place((int) offset, active.data());
            }
        }
    }

    private void place(int address, byte[] data) {
        if (address < 0 || address > size - data.length) {
            throw new UninstantiableException("out of bounds memory access: a data segment of " + data.length
                    + " bytes at " + Integer.toUnsignedLong(address) + " of " + size);
        }
        System.arraycopy(data, 0, bytes, address, data.length);
    }

    @Override
    public void initPassiveSegment(int segment, int to, int from, int length) {
        write(to, segments[segment].data(), from, length);
    }

    @Override
    public void drop(int segment) {
        segments[segment] = PassiveDataSegment.EMPTY;
    }

    @Override
    @Deprecated
    @SuppressWarnings("removal")
    public Object lock(int address) {
        return this;
    }

    @Override
    @Deprecated
    @SuppressWarnings("removal")
    public int waitOn(int address, int expected, long timeout) {
        throw noThreads();
    }

    @Override
    @Deprecated
    @SuppressWarnings("removal")
    public int waitOn(int address, long expected, long timeout) {
        throw noThreads();
    }

    @Override
    @Deprecated
    @SuppressWarnings("removal")
    public int notify(int address, int maxThreads) {
        return 0;
    }

    private static WasmRuntimeException noThreads() {
        return new WasmRuntimeException("a wait on memory that is not shared");
    }
}
