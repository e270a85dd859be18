package io.flockwork.worker.runtime;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a Linux kernel keeps a runner to without anybody's permission: the length of a file it writes (the board and its
 * last words are outside the sandbox's own folder), the memory that is its alone, no core dumps, and a low priority.
 *
 * <p>A priority counts among the processes of one session only, where the kernel groups them so (sched(7), autogroup):
 * so a runner has a session of its own, and that one a low priority among sessions.
 *
 * @param fileMib the longest file
 * @param dataMib the most of private writable memory; what a JVM has only reserved does not count
 * @param setsid the program that begins a session, where there is one
 * @param nice the program that lowers the priority, where there is one
 * @see <a href="https://man7.org/linux/man-pages/man2/setrlimit.2.html">RLIMIT_FSIZE and RLIMIT_DATA in setrlimit(2)</a>
 * @see <a href="https://man7.org/linux/man-pages/man7/sched.7.html">sched(7)</a>
 */
record ProcessBounds(long fileMib, long dataMib, Optional<Path> setsid, Optional<Path> nice) {
    /** What a runner may write, to one file or to the folder that is its own. */
    static final long FILE_MIB = 64;

    private static final long BLOCKS_PER_MIB = 2048;
    private static final String LOWEST = "19";

    /** About a tenth of what another session may have: with the lowest, a busy machine starves a runner until it looks dead. */
    private static final String LOW_SESSION = "{ echo 10 >/proc/self/autogroup; } 2>/dev/null; ";

    /** The command, run within these bounds. */
    List<String> around(List<String> command) {
        return shell("exec \"$@\"", "runner", command);
    }

    /** The same, with a file open for it as its descriptor 9. */
    List<String> around(List<String> command, Path descriptor9) {
        return shell("exec \"$@\" 9<\"$0\"", descriptor9.toString(), command);
    }

    private List<String> shell(String last, String zeroth, List<String> command) {
        String script = "ulimit -c 0; ulimit -f " + fileMib * BLOCKS_PER_MIB + "; ulimit -d " + dataMib * 1024 + "; "
                + (setsid.isPresent() ? LOW_SESSION : "");
        List<String> all = new ArrayList<>();
        setsid.ifPresent(program -> all.add(program.toString()));
        all.addAll(List.of("/bin/sh", "-c", script + last, zeroth));
        all.addAll(lowPriority(nice));
        all.addAll(command);
        return all;
    }

    /** Words before a command that make it give way to everything else. */
    static List<String> lowPriority(Optional<Path> nice) {
        return nice.map(program -> List.of(program.toString(), "-n", LOWEST)).orElse(List.of());
    }
}
