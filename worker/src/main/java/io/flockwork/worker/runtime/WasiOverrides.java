package io.flockwork.worker.runtime;

import run.endive.runtime.HostFunction;
import run.endive.runtime.Instance;
import run.endive.runtime.Memory;
import run.endive.runtime.WasmFunctionHandle;

/**
 * The WASI functions where the engine's own would let a unit see the host's clock, wait for it, trap on a socket, or have
 * the host allocate whatever length it names.
 */
final class WasiOverrides {
    private static final int SUCCESS = 0;
    private static final int EFAULT = 21;
    private static final int EINVAL = 28;
    private static final int ENOTSUP = 58;

    private static final int REALTIME = 0;
    private static final int LAST_CLOCK = 3;
    private static final int RESOLUTION_NANOS = 1_000_000;

    private static final int SUBSCRIPTION_BYTES = 48;
    private static final int EVENT_BYTES = 32;
    private static final int CLOCK_EVENT = 0;
    private static final int FD_WRITE_EVENT = 2;

    private final StepClock clock;

    WasiOverrides(StepClock clock) {
        this.clock = clock;
    }

    /** The function to use for this one of the engine's. */
    HostFunction replace(HostFunction original) {
        WasmFunctionHandle handle =
                switch (original.name()) {
                    case "clock_time_get" -> this::clockTimeGet;
                    case "clock_res_get" -> WasiOverrides::clockResGet;
                    case "poll_oneoff" -> this::pollOneoff;
                    case "fd_read", "fd_pread" -> (instance, args) -> read(original, instance, args);
                    case "sock_accept", "sock_recv", "sock_send", "sock_shutdown" -> (instance, args) -> errno(ENOTSUP);
                    case "proc_raise" ->
                        (instance, args) -> {
                            throw new UnitFailure("raised signal " + args[0]);
                        };
                    default -> original.handle();
                };
        return new HostFunction(UnitWorld.MODULE, original.name(), original.functionType(), handle);
    }

    /** The engine allocates a buffer as long as the unit says; no honest buffer is larger than the unit's memory. */
    private static long[] read(HostFunction original, Instance instance, long... args) {
        Memory memory = instance.memory();
        int size = memory.pages() * Memory.PAGE_SIZE;
        int vectors = (int) args[1];
        for (int i = 0; i < (int) args[2]; i++) {
            int length = memory.readInt(vectors + 8 * i + 4);
            if (length < 0 || length > size) {
                return errno(EFAULT);
            }
        }
        return original.handle().apply(instance, args);
    }

    private long[] clockTimeGet(Instance instance, long... args) {
        int id = (int) args[0];
        if (id < REALTIME || id > LAST_CLOCK) {
            return errno(EINVAL);
        }
        instance.memory().writeLong((int) args[2], now(id));
        return errno(SUCCESS);
    }

    private long now(int clockId) {
        return clockId == REALTIME ? clock.realtime() : clock.monotonic();
    }

    private static long[] clockResGet(Instance instance, long... args) {
        instance.memory().writeLong((int) args[1], RESOLUTION_NANOS);
        return errno(SUCCESS);
    }

    /** Files and streams are always ready; who waits for nothing but time gets it at once, as time of its own clock. */
    private long[] pollOneoff(Instance instance, long... args) {
        Memory memory = instance.memory();
        int in = (int) args[0];
        int out = (int) args[1];
        int count = (int) args[2];
        if (count <= 0 || (long) count * SUBSCRIPTION_BYTES > (long) memory.pages() * Memory.PAGE_SIZE) {
            return errno(count <= 0 ? EINVAL : EFAULT);
        }
        int first = firstReady(memory, in, count);
        int events = 0;
        for (int i = 0; i < count; i++) {
            int subscription = in + i * SUBSCRIPTION_BYTES;
            int kind = memory.read(subscription + 8);
            if (kind < CLOCK_EVENT || kind > FD_WRITE_EVENT) {
                return errno(EINVAL);
            }
            if (kind != CLOCK_EVENT || i == first) {
                writeEvent(memory, out + events * EVENT_BYTES, memory.readLong(subscription), kind);
                events++;
            }
        }
        memory.writeI32((int) args[3], events);
        return errno(SUCCESS);
    }

    /** The clock subscription that ends first, waited for; -1 when something else is ready before it. */
    private int firstReady(Memory memory, int in, int count) {
        int first = -1;
        long shortest = Long.MAX_VALUE;
        for (int i = 0; i < count; i++) {
            int subscription = in + i * SUBSCRIPTION_BYTES;
            if (memory.read(subscription + 8) != CLOCK_EVENT) {
                return -1;
            }
            long wait = waitOf(memory, subscription);
            if (first < 0 || wait < shortest) {
                first = i;
                shortest = wait;
            }
        }
        clock.advance(shortest);
        return first;
    }

    private long waitOf(Memory memory, int subscription) {
        long timeout = memory.readLong(subscription + 24);
        boolean absolute = (memory.readShort(subscription + 40) & 1) != 0;
        long wait = absolute ? timeout - now(memory.readInt(subscription + 16)) : timeout;
        return absolute ? Math.max(0, wait) : wait & Long.MAX_VALUE;
    }

    private static void writeEvent(Memory memory, int at, long userData, int kind) {
        memory.fill((byte) 0, at, at + EVENT_BYTES);
        memory.writeLong(at, userData);
        memory.writeByte(at + 10, (byte) kind);
        if (kind != CLOCK_EVENT) {
            memory.writeLong(at + 16, 1);
        }
    }

    private static long[] errno(int errno) {
        return new long[] {errno};
    }
}
