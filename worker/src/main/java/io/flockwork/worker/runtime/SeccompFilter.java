package io.flockwork.worker.runtime;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The program by which the kernel judges each system call of a runner: a thread may be started but no process, and a
 * {@link ForbiddenCall} fails with EPERM. The JVM needs nothing of that after it has started, and {@code execve} stays
 * allowed only because bubblewrap sets the filter before it becomes {@code java}.
 *
 * <p>Classic BPF, straight down: every rule is complete in itself and falls through to the next.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/seccomp.2.html">seccomp(2)</a>
 * @see <a href="https://www.kernel.org/doc/html/latest/networking/filter.html">BPF's instructions</a>
 */
final class SeccompFilter {
    private static final int LOAD_WORD = 0x20;
    private static final int JUMP_EQUAL = 0x15;
    private static final int JUMP_AT_LEAST = 0x35;
    private static final int JUMP_ANY_BIT = 0x45;
    private static final int RETURN = 0x06;

    /** Offsets in struct seccomp_data; of an argument's two words, the low one comes first on both machines. */
    private static final int NUMBER = 0;

    private static final int AUDIT_NAME = 4;
    private static final int FIRST_ARGUMENT = 16;
    private static final int FOURTH_ARGUMENT = 40;

    private static final int ALLOW = 0x7FFF0000;
    private static final int KILL_PROCESS = 0x80000000;
    private static final int FAIL = 0x00050000;
    private static final int EPERM = 1;
    private static final int ENOSYS = 38;

    private static final int CLONE3 = 435;
    private static final int CLONE_THREAD = 0x00010000;
    private static final int AF_UNIX = 1;
    private static final int MAP_SHARED = 0x01;
    private static final int MAP_ANONYMOUS = 0x20;
    /** From here on x86-64 has the calls of its x32 convention, under numbers of their own. */
    private static final int X32 = 0x40000000;

    private static final int INSTRUCTION_BYTES = 8;

    /** One struct sock_filter: jumps count the instructions to skip. */
    private record Instruction(int code, int ifTrue, int ifFalse, int value) {}

    private final List<Instruction> program = new ArrayList<>();

    private SeccompFilter() {}

    /** The filter in the form in which {@code bwrap --seccomp} takes it. */
    static byte[] bytes(Machine machine) {
        SeccompFilter filter = new SeccompFilter();
        filter.refuseOtherMachines(machine);
        for (ForbiddenCall call : ForbiddenCall.values()) {
            if (call.on(machine) != ForbiddenCall.NONE) {
                filter.refuse(call.on(machine), EPERM);
            }
        }
        // The flags of clone3 are out of a filter's sight; the C library then uses clone.
        filter.refuse(CLONE3, ENOSYS);
        filter.allowThreadsOnly(machine.clone);
        filter.allowLocalPairsOnly(machine.socketpair);
        filter.refuseSharedMemory(machine.mmap);
        filter.add(RETURN, ALLOW);
        return filter.encoded();
    }

    /** Numbers mean nothing before it is known whose they are. */
    private void refuseOtherMachines(Machine machine) {
        add(LOAD_WORD, AUDIT_NAME);
        jump(JUMP_EQUAL, machine.auditName, 1, 0);
        add(RETURN, KILL_PROCESS);
        add(LOAD_WORD, NUMBER);
        if (machine == Machine.X86_64) {
            jump(JUMP_AT_LEAST, X32, 0, 1);
            add(RETURN, FAIL | ENOSYS);
        }
    }

    private void refuse(int number, int error) {
        jump(JUMP_EQUAL, number, 0, 1);
        add(RETURN, FAIL | error);
    }

    private void allowThreadsOnly(int clone) {
        jump(JUMP_EQUAL, clone, 0, 4);
        add(LOAD_WORD, FIRST_ARGUMENT);
        jump(JUMP_ANY_BIT, CLONE_THREAD, 0, 1);
        add(RETURN, ALLOW);
        add(RETURN, FAIL | EPERM);
    }

    /** Java's file channels begin by making a pair of local sockets, which leads nowhere but to itself. */
    private void allowLocalPairsOnly(int socketpair) {
        jump(JUMP_EQUAL, socketpair, 0, 4);
        add(LOAD_WORD, FIRST_ARGUMENT);
        jump(JUMP_EQUAL, AF_UNIX, 0, 1);
        add(RETURN, ALLOW);
        add(RETURN, FAIL | EPERM);
    }

    /** Memory that is shared and has no file counts neither as data nor as a file, so no limit would bound it. */
    private void refuseSharedMemory(int mmap) {
        jump(JUMP_EQUAL, mmap, 0, 4);
        add(LOAD_WORD, FOURTH_ARGUMENT);
        jump(JUMP_ANY_BIT, MAP_SHARED, 0, 2);
        jump(JUMP_ANY_BIT, MAP_ANONYMOUS, 0, 1);
        add(RETURN, FAIL | EPERM);
    }

    private void add(int code, int value) {
        program.add(new Instruction(code, 0, 0, value));
    }

    private void jump(int code, int value, int ifTrue, int ifFalse) {
        program.add(new Instruction(code, ifTrue, ifFalse, value));
    }

    private byte[] encoded() {
        ByteBuffer bytes =
                ByteBuffer.allocate(program.size() * INSTRUCTION_BYTES).order(ByteOrder.nativeOrder());
        for (Instruction instruction : program) {
            bytes.putShort((short) instruction.code)
                    .put((byte) instruction.ifTrue)
                    .put((byte) instruction.ifFalse)
                    .putInt(instruction.value);
        }
        return bytes.array();
    }
}
