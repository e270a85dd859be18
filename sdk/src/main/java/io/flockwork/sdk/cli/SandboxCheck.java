package io.flockwork.sdk.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Whether this machine can put units into a sandbox, found by trying it, and what helps where it cannot.
 *
 * @param works true when it can
 * @param says that in words for the volunteer
 */
record SandboxCheck(boolean works, String says) {
    private static final int PATIENCE_SECONDS = 10;
    private static final int LONGEST_ANSWER = 4096;
    private static final String INSTALL =
            "none: bubblewrap is not installed; Debian and Ubuntu: apt-get install bubblewrap;"
                    + " Fedora: dnf install bubblewrap; Arch: pacman -S bubblewrap";
    private static final List<String> TRIAL = List.of(
            "--unshare-user",
            "--unshare-pid",
            "--unshare-net",
            "--ro-bind",
            "/",
            "/",
            "--proc",
            "/proc",
            "--tmpfs",
            "/tmp",
            "true");

    /** What the system may have against namespaces, and what lifts that. */
    private enum Hindrance {
        NO_NAMESPACES("user/max_user_namespaces", "0", "sysctl -w user.max_user_namespaces=10000"),
        DEBIAN("kernel/unprivileged_userns_clone", "0", "sysctl -w kernel.unprivileged_userns_clone=1"),
        APPARMOR(
                "kernel/apparmor_restrict_unprivileged_userns",
                "1",
                "an AppArmor profile that lets bwrap make user namespaces (Ubuntu: apt-get install apparmor-profiles; ln -s"
                        + " /usr/share/apparmor/extra-profiles/bwrap-userns-restrict /etc/apparmor.d/; systemctl reload"
                        + " apparmor), or sysctl -w kernel.apparmor_restrict_unprivileged_userns=0");

        private final String file;
        private final String value;
        private final String remedy;

        Hindrance(String file, String value, String remedy) {
            this.file = file;
            this.value = value;
            this.remedy = remedy;
        }

        private boolean isThere(Path settings) {
            try {
                return Files.readString(settings.resolve(file)).strip().equals(value);
            } catch (IOException unknownToThisKernel) {
                return false;
            }
        }
    }

    /**
     * Looks at this machine.
     *
     * @param system what Java calls the operating system
     * @param bwrap bubblewrap's name or file
     * @param settings where the kernel shows its settings: {@code /proc/sys}
     */
    static SandboxCheck of(String system, String bwrap, Path settings) throws IOException {
        if (!system.equals("Linux")) {
            return new SandboxCheck(
                    false,
                    "none: there is one for Linux only; WebAssembly units reach nothing of this machine even so");
        }
        Answer version;
        try {
            version = run(bwrap, List.of("--version"));
        } catch (IOException missing) {
            return new SandboxCheck(false, INSTALL);
        }
        Answer trial = run(bwrap, TRIAL);
        return trial.good()
                ? new SandboxCheck(true, version.words() + " works")
                : new SandboxCheck(
                        false, "none: bubblewrap does not work here (" + trial.words() + "); " + remedy(settings));
    }

    private static String remedy(Path settings) {
        return Arrays.stream(Hindrance.values())
                .filter(hindrance -> hindrance.isThere(settings))
                .findFirst()
                .map(hindrance -> "what helps: " + hindrance.remedy)
                .orElse("in a container, its own rules may forbid user namespaces");
    }

    private record Answer(boolean good, String words) {}

    private static Answer run(String program, List<String> arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(program).redirectErrorStream(true);
        builder.command().addAll(arguments);
        Process process = builder.start();
        process.getOutputStream().close();
        try (var out = process.getInputStream()) {
            String words = new String(out.readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8);
            boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return new Answer(ended && process.exitValue() == 0, Troubles.oneLine(words));
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while it tried " + program, hurried);
        } finally {
            process.destroyForcibly();
        }
    }
}
