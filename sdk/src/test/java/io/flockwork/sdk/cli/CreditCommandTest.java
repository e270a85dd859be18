package io.flockwork.sdk.cli;

import static io.flockwork.sdk.credit.CreditWorld.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.client.Grid.Credit;
import io.flockwork.sdk.credit.CreditEntry;
import io.flockwork.sdk.credit.CreditHead;
import io.flockwork.sdk.credit.CreditLog;
import io.flockwork.sdk.credit.CreditWorld;
import io.flockwork.sdk.identity.Credentials;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.model.NodeId;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code flockwork credit}: what it prints, and that it remembers what cores have signed. */
class CreditCommandTest {
    private static final NodeId GRID = CreditWorld.MEMBERS.grid();
    private static final CreditEntry ANN = entry("joba", "anna", "ann", "ants", 2_500_000_000L, 0);
    private static final CreditEntry BOB = entry("joba", "bobb", "bob", "", 0, 36_000_000L);

    @TempDir
    Path home;

    private final FakeGrid grid = new FakeGrid();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Credentials core = CreditWorld.member(Role.CORE);

    private int credit(String... options) {
        out.reset();
        err.reset();
        Console console = new Console(new PrintStream(out), new PrintStream(err), false);
        return new Main((addresses, dir) -> grid, console, Map.of("FLOCKWORK_HOME", home.toString()))
                .run(Stream.concat(Stream.of("credit"), Stream.of(options)).toArray(String[]::new));
    }

    private void tells(CreditLog... logs) {
        grid.credit = new Credit(
                GRID, List.of(logs), Stream.of(logs).map(CreditLog::head).toList());
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8).strip();
    }

    private List<String> out() {
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void theBoardHasTheMostCreditFirst() {
        tells(CreditWorld.log(core, ANN, BOB));
        assertEquals(0, credit());
        assertEquals(
                List.of(
                        "CREDIT JOBS UNITS FUEL HOURS OPERATOR",
                        "36.000 1 3 0 0.01 bob",
                        "2.500 1 3 2500000000 0.00 ann"),
                out().stream().map(line -> line.replaceAll(" +", " ")).toList());
        assertEquals(0, credit("--by", "team", "--json"));
        assertEquals(
                List.of("{\"team\":\"ants\",\"credit\":2.5,\"jobs\":1,\"units\":3,\"fuel\":2500000000,\"micros\":0}"),
                out());
    }

    @Test
    void aLogMayGoOnButNotShrinkNorChangeNorGo() {
        tells(CreditWorld.log(core, ANN));
        assertEquals(0, credit());
        tells(CreditWorld.log(core, ANN, BOB));
        assertEquals(0, credit());
        String name = "the credit log of core " + core.keys().id().brief();
        tells(CreditWorld.log(core, ANN));
        assertEquals(1, credit());
        assertEquals(name + " has shrunk: it had 2 entries, and has 1", err());
        tells(CreditWorld.log(core, BOB, ANN));
        assertEquals(1, credit());
        assertEquals(name + " has been changed: its first 2 entries are not those that it had", err());
        tells();
        assertEquals(1, credit());
        assertEquals(name + " is gone: it had 2 entries", err());
        tells(CreditWorld.log(core, ANN, BOB));
        assertEquals(0, credit(), "what was shown in between has replaced nothing");
    }

    @Test
    void aCoreThatShowsOthersAnotherLogIsShownUp() {
        CreditLog mine = CreditWorld.log(core, ANN, BOB);
        CreditHead others = CreditWorld.log(core, BOB).head();
        grid.credit = new Credit(GRID, List.of(mine), List.of(mine.head(), others));
        assertEquals(1, credit());
        assertTrue(err().contains("has been changed"), err());
    }

    @Test
    void misuseIsOneSentence() {
        assertEquals(2, credit("--by", "nobody"));
        assertTrue(err().startsWith("--by is worker, operator or team, not 'nobody'"), err());
    }
}
