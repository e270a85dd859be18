package io.flockwork.worker.runtime;

import java.util.Optional;

/**
 * A kind of processor whose system calls {@link SeccompFilter} knows.
 *
 * @see <a href="https://github.com/torvalds/linux/blob/v6.1/include/uapi/linux/audit.h">AUDIT_ARCH in linux/audit.h</a>
 */
enum Machine {
    X86_64(0xC000003E, 56, 9, 53),
    AARCH64(0xC00000B7, 220, 222, 199);

    /** How the kernel names the calling convention of a system call. */
    final int auditName;

    final int clone;
    final int mmap;
    final int socketpair;

    Machine(int auditName, int clone, int mmap, int socketpair) {
        this.auditName = auditName;
        this.clone = clone;
        this.mmap = mmap;
        this.socketpair = socketpair;
    }

    /** The machine that Java calls so ({@code os.arch}); empty for one that is not known here. */
    static Optional<Machine> named(String osArch) {
        return switch (osArch) {
            case "amd64", "x86_64" -> Optional.of(X86_64);
            case "aarch64" -> Optional.of(AARCH64);
            default -> Optional.empty();
        };
    }
}
