package io.flockwork.sdk.client;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.flockwork.sdk.identity.JoinLink;
import io.flockwork.sdk.identity.Membership;
import io.flockwork.sdk.identity.OwnerOnly;
import io.flockwork.sdk.model.NodeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Which grid is this user's, and who the user is there. An identity is kept for each grid; one of them is in use. Blocks. */
public final class Login {
    private static final String IDENTITIES = "logins";
    private static final String IN_USE = "grid";

    private Login() {}

    /**
     * Makes the link's grid this user's from now on.
     *
     * @param home {@code FLOCKWORK_HOME}
     * @throws IOException as {@link Enrolment#join} does; likewise GridException
     */
    public static Membership enter(JoinLink link, Path home) throws IOException {
        if (!link.role().submits()) {
            throw new IllegalArgumentException(
                    "this link is for a worker of role " + link.role().word() + ": flockwork worker --join LINK");
        }
        OwnerOnly.folder(home.resolve(IDENTITIES));
        Membership member = Enrolment.join(link, folder(home, link.grid()), "");
        OwnerOnly.write(home.resolve(IN_USE), (link.grid() + "\n").getBytes(US_ASCII));
        return member;
    }

    /**
     * Who this user is in the grid in use.
     *
     * @param home {@code FLOCKWORK_HOME}
     * @throws GridException with one sentence when there is none, or it is of no use
     */
    public static Membership of(Path home) {
        try {
            if (Files.exists(home.resolve(IN_USE))) {
                NodeId grid = new NodeId(Files.readString(home.resolve(IN_USE)).strip());
                return Membership.load(folder(home, grid)).orElseThrow(Login::nobody);
            }
        } catch (IOException | IllegalArgumentException damaged) {
            throw new GridException(GridException.Kind.UNREACHABLE, damaged.getMessage());
        }
        throw nobody();
    }

    /** Where this user keeps who has been revoked in a grid. */
    static Path revoked(Path home, NodeId grid) {
        return folder(home, grid).resolve("revoked");
    }

    private static Path folder(Path home, NodeId grid) {
        return home.resolve(IDENTITIES)
                .resolve(grid.value().substring(0, Math.min(16, grid.value().length())));
    }

    private static GridException nobody() {
        return new GridException(
                GridException.Kind.UNREACHABLE,
                "not logged in to a grid: ask its operator for a link, then run 'flockwork login LINK'");
    }
}
