package io.flockwork.worker.runtime;

import io.flockwork.sdk.wasm.Metering;
import java.util.Map;
import java.util.Set;
import run.endive.runtime.HostFunction;
import run.endive.runtime.Instance;
import run.endive.runtime.Memory;
import run.endive.runtime.WasmFunctionHandle;

/**
 * What a call of WASI costs beyond the price of any call: the bytes that it moves. Every engine has to count them alike: what
 * a unit hands over (to write, names, space for random numbers) by the length that it says, before the call; what it gets (read,
 * names in a directory) by what it got, afterwards, if the call succeeded.
 */
final class WasiFuel {
    /** Which arguments are lengths in bytes. */
    private static final Map<String, int[]> LENGTHS = Map.ofEntries(
            Map.entry("random_get", new int[] {1}),
            Map.entry("path_create_directory", new int[] {2}),
            Map.entry("path_filestat_get", new int[] {3}),
            Map.entry("path_filestat_set_times", new int[] {3}),
            Map.entry("path_link", new int[] {3, 6}),
            Map.entry("path_open", new int[] {3}),
            Map.entry("path_readlink", new int[] {2}),
            Map.entry("path_remove_directory", new int[] {2}),
            Map.entry("path_rename", new int[] {2, 5}),
            Map.entry("path_symlink", new int[] {1, 4}),
            Map.entry("path_unlink_file", new int[] {2}));

    /** Which write vectors: the second argument says where they are, the third how many. */
    private static final Set<String> WRITE = Set.of("fd_write", "fd_pwrite");

    /** Which argument says where it is written how many bytes were got. */
    private static final Map<String, Integer> GOT =
            Map.of("fd_read", 3, "fd_pread", 4, "fd_readdir", 4, "path_readlink", 5);

    private static final long VECTOR_BYTES = 8;
    private static final long SUBSCRIPTION_BYTES = 48;

    private final FuelTank tank;

    WasiFuel(FuelTank tank) {
        this.tank = tank;
    }

    /** The same function, paid for. */
    HostFunction count(HostFunction function) {
        String name = function.name();
        int[] lengths = LENGTHS.getOrDefault(name, new int[0]);
        Integer got = GOT.get(name);
        WasmFunctionHandle counted = (instance, args) -> {
            take(given(name, lengths, instance, args));
            long[] result = function.handle().apply(instance, args);
            if (got != null && result[0] == 0) {
                take(unsigned(instance.memory().readInt((int) args[got])));
            }
            return result;
        };
        return new HostFunction(UnitWorld.MODULE, name, function.functionType(), counted);
    }

    private void take(long bytes) {
        tank.take(Metering.costOfBytes(bytes));
    }

    private static long given(String name, int[] lengths, Instance instance, long... args) {
        long bytes = 0;
        for (int place : lengths) {
            bytes += unsigned(args[place]);
        }
        if (WRITE.contains(name)) {
            bytes += vectors(instance.memory(), (int) args[1], (int) args[2]);
        } else if (name.equals("fd_read") || name.equals("fd_pread")) {
            bytes += unsigned(args[2]) * VECTOR_BYTES;
        } else if (name.equals("poll_oneoff")) {
            bytes += unsigned(args[2]) * SUBSCRIPTION_BYTES;
        }
        return bytes;
    }

    private static long vectors(Memory memory, int at, int count) {
        long bytes = unsigned(count) * VECTOR_BYTES;
        for (int i = 0; i < count; i++) {
            bytes += unsigned(memory.readInt(at + 8 * i + 4));
        }
        return bytes;
    }

    private static long unsigned(long value) {
        return value & 0xffff_ffffL;
    }
}
