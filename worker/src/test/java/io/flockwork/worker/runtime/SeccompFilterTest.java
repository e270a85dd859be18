package io.flockwork.worker.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the kernel would answer to a system call, by an interpreter of the few BPF instructions that a filter uses. */
class SeccompFilterTest {
    private static final int ALLOW = 0x7FFF0000;
    private static final int KILL = 0x80000000;
    private static final int EPERM = 0x00050001;
    private static final int ENOSYS = 0x00050026;
    private static final int MOST_INSTRUCTIONS = 4096;

    /** The filter's verdict on one call. */
    private static int verdictAs(Machine machine, int auditName, int number, long... arguments) {
        ByteBuffer call = ByteBuffer.allocate(64).order(ByteOrder.nativeOrder());
        call.putInt(0, number).putInt(4, auditName);
        for (int i = 0; i < arguments.length; i++) {
            call.putLong(16 + 8 * i, arguments[i]);
        }
        ByteBuffer program = ByteBuffer.wrap(SeccompFilter.bytes(machine)).order(ByteOrder.nativeOrder());
        int accumulator = 0;
        for (int at = 0; ; at++) {
            int code = program.getShort(at * 8);
            int value = program.getInt(at * 8 + 4);
            boolean holds;
            switch (code) {
                case 0x20 -> {
                    accumulator = call.getInt(value);
                    continue;
                }
                case 0x06 -> {
                    return value;
                }
                case 0x15 -> holds = accumulator == value;
                case 0x35 -> holds = Integer.compareUnsigned(accumulator, value) >= 0;
                case 0x45 -> holds = (accumulator & value) != 0;
                default -> throw new AssertionError("instruction " + Integer.toHexString(code));
            }
            at += Byte.toUnsignedInt(program.get(at * 8 + (holds ? 2 : 3)));
        }
    }

    private static int verdict(Machine machine, int number, long... arguments) {
        return verdictAs(machine, machine.auditName, number, arguments);
    }

    @ParameterizedTest
    @EnumSource(Machine.class)
    void aThreadMayBeStartedAndAProcessNot(Machine machine) {
        long thread = 0x003D0F00;
        long vfork = 0x4111;
        assertEquals(ALLOW, verdict(machine, machine.clone, thread));
        assertEquals(EPERM, verdict(machine, machine.clone, vfork));
        assertEquals(EPERM, verdict(machine, machine.clone, 17));
        assertEquals(EPERM, verdict(machine, machine.clone, 0x10000000L));
        // Only the low word holds flags: a high one must not pass for a thread's.
        assertEquals(EPERM, verdict(machine, machine.clone, 0x0001000000000011L));
        assertEquals(ENOSYS, verdict(machine, 435, 0, 88));
    }

    @ParameterizedTest
    @EnumSource(ForbiddenCall.class)
    void whatIsForbiddenFails(ForbiddenCall call) {
        for (Machine machine : Machine.values()) {
            if (call.on(machine) != ForbiddenCall.NONE) {
                assertEquals(EPERM, verdict(machine, call.on(machine), 1, 2, 3, 4));
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "read, 0, 63",
        "write, 1, 64",
        "openat, 257, 56",
        "close, 3, 57",
        "munmap, 11, 215",
        "mprotect, 10, 226",
        "futex, 202, 98",
        "sched_yield, 24, 124",
        "clock_nanosleep, 230, 115",
        "execve, 59, 221",
        "exit_group, 231, 94",
        "rt_sigreturn, 15, 139",
        "madvise, 28, 233",
        "prlimit64, 302, 261",
        "getrandom, 318, 278",
    })
    void whatAJvmNeedsPasses(String call, int onX86, int onArm) {
        assertEquals(ALLOW, verdict(Machine.X86_64, onX86), call);
        assertEquals(ALLOW, verdict(Machine.AARCH64, onArm), call);
    }

    @ParameterizedTest
    @EnumSource(Machine.class)
    void memoryIsPrivateOrAFiles(Machine machine) {
        assertEquals(ALLOW, verdict(machine, machine.mmap, 0, 4096, 3, 0x22), "private, anonymous");
        assertEquals(ALLOW, verdict(machine, machine.mmap, 0, 4096, 3, 0x01), "shared, of a file");
        assertEquals(ALLOW, verdict(machine, machine.mmap, 0, 4096, 3, 0x4022), "reserved");
        assertEquals(EPERM, verdict(machine, machine.mmap, 0, 4096, 3, 0x21), "shared, anonymous");
        assertEquals(EPERM, verdict(machine, machine.mmap, 0, 4096, 3, 0x23), "validated as shared, anonymous");
    }

    @ParameterizedTest
    @EnumSource(Machine.class)
    void socketsArePairsWithinTheProcess(Machine machine) {
        assertEquals(ALLOW, verdict(machine, machine.socketpair, 1, 1, 0));
        assertEquals(EPERM, verdict(machine, machine.socketpair, 2, 1, 0));
    }

    @Test
    void anotherMachinesCallsAreTheEnd() {
        int i386 = 0x40000003;
        assertEquals(KILL, verdictAs(Machine.X86_64, i386, 0));
        assertEquals(KILL, verdictAs(Machine.X86_64, Machine.AARCH64.auditName, 0));
        assertEquals(KILL, verdictAs(Machine.AARCH64, Machine.X86_64.auditName, 0));
        assertEquals(ENOSYS, verdict(Machine.X86_64, 0x40000000 | 57));
    }

    @ParameterizedTest
    @EnumSource(Machine.class)
    void theKernelTakesProgramsOfThatSize(Machine machine) {
        assertTrue(SeccompFilter.bytes(machine).length <= MOST_INSTRUCTIONS * 8);
    }

    @Test
    void machinesAreKnownByTheirJavaNames() {
        assertEquals(Optional.of(Machine.X86_64), Machine.named("amd64"));
        assertEquals(Optional.of(Machine.AARCH64), Machine.named("aarch64"));
        assertEquals(Optional.empty(), Machine.named("riscv64"));
    }
}
