package io.flockwork.worker.runtime;

/**
 * The system calls that a runner never needs, with their numbers on x86-64 and aarch64. What is forbidden is what starts
 * processes, what gets at other processes, what speaks to a network, what changes the system, and what holds memory that
 * no limit counts.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/syscalls.2.html">syscalls(2)</a>
 */
enum ForbiddenCall {
    FORK(57, ForbiddenCall.NONE),
    VFORK(58, ForbiddenCall.NONE),

    PTRACE(101, 117),
    PROCESS_VM_READV(310, 270),
    PROCESS_VM_WRITEV(311, 271),
    PIDFD_GETFD(438, 438),
    KCMP(312, 272),
    PERF_EVENT_OPEN(298, 241),

    SOCKET(41, 198),
    /** Opens sockets and files past this filter. */
    IO_URING_SETUP(425, 425),
    IO_URING_ENTER(426, 426),
    IO_URING_REGISTER(427, 427),

    UNSHARE(272, 97),
    SETNS(308, 268),
    MOUNT(165, 40),
    UMOUNT2(166, 39),
    PIVOT_ROOT(155, 41),
    CHROOT(161, 51),
    OPEN_TREE(428, 428),
    MOVE_MOUNT(429, 429),
    FSOPEN(430, 430),
    FSCONFIG(431, 431),
    FSMOUNT(432, 432),
    FSPICK(433, 433),
    MOUNT_SETATTR(442, 442),
    NAME_TO_HANDLE_AT(303, 264),
    OPEN_BY_HANDLE_AT(304, 265),
    FANOTIFY_INIT(300, 262),
    QUOTACTL(179, 60),

    BPF(321, 280),
    USERFAULTFD(323, 282),
    ADD_KEY(248, 217),
    REQUEST_KEY(249, 218),
    KEYCTL(250, 219),
    KEXEC_LOAD(246, 104),
    KEXEC_FILE_LOAD(320, 294),
    INIT_MODULE(175, 105),
    FINIT_MODULE(313, 273),
    DELETE_MODULE(176, 106),
    REBOOT(169, 142),
    SWAPON(167, 224),
    SWAPOFF(168, 225),
    SYSLOG(103, 116),
    ACCT(163, 89),
    PERSONALITY(135, 92),
    VHANGUP(153, 58),
    IOPL(172, ForbiddenCall.NONE),
    IOPERM(173, ForbiddenCall.NONE),
    MODIFY_LDT(154, ForbiddenCall.NONE),
    SETTIMEOFDAY(164, 170),
    CLOCK_SETTIME(227, 112),
    CLOCK_ADJTIME(305, 266),
    ADJTIMEX(159, 171),
    SETHOSTNAME(170, 161),
    SETDOMAINNAME(171, 162),

    MEMFD_CREATE(319, 279),
    MEMFD_SECRET(447, 447),
    SHMGET(29, 194),
    MSGGET(68, 186),
    SEMGET(64, 190),
    MQ_OPEN(240, 180);

    static final int NONE = -1;

    private final int onX86;
    private final int onArm;

    ForbiddenCall(int onX86, int onArm) {
        this.onX86 = onX86;
        this.onArm = onArm;
    }

    /** The call's number there, or {@link #NONE} where there is no such call. */
    int on(Machine machine) {
        return machine == Machine.X86_64 ? onX86 : onArm;
    }
}
