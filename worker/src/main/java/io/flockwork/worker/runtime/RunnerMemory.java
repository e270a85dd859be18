package io.flockwork.worker.runtime;

import java.util.List;

/**
 * What the memory of a runner's process is made of, part by part, in MiB. The JVM keeps to each part, and the kernel
 * ({@link ProcessBounds}) to their sum, so that what the JVM does not count is bounded too.
 */
record RunnerMemory(long heap, long young, long metaspace, long code, long direct, long stacks, long own) {
    private static final long YOUNG = 48;
    private static final long OF_SLOT = 32;
    private static final long STACK = 16;
    private static final long METASPACE = 512;
    private static final long CODE = 240;
    private static final long DIRECT = 64;

    /** The JVM's own: its compilers at work on a large method, its libraries, and the longest frame on its way. */
    private static final long OWN = 768;

    /** A collector's tables, one part of this many of the heap. */
    private static final long TABLES = 128;

    static RunnerMemory of(RunnerSettings settings) {
        long units = (settings.memoryBytes() >> 20) * 3 / 2;
        long heap = units + 2 * YOUNG + OF_SLOT * settings.slots();
        long stacks = STACK * (settings.slots() + 4);
        return new RunnerMemory(heap, YOUNG, METASPACE, CODE, DIRECT, stacks, OWN + heap / TABLES);
    }

    List<String> jvmOptions() {
        return List.of(
                "-XX:MaxNewSize=" + young + "m",
                "-Xmx" + heap + "m",
                "-XX:MaxMetaspaceSize=" + metaspace + "m",
                "-XX:ReservedCodeCacheSize=" + code + "m",
                "-XX:MaxDirectMemorySize=" + direct + "m");
    }

    /** The most that the process may have. */
    long totalMib() {
        return heap + metaspace + code + direct + stacks + own;
    }
}
