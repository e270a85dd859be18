package io.flockwork.sdk.credit;

import static io.flockwork.sdk.credit.CreditWorld.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.credit.Leaderboard.By;
import io.flockwork.sdk.credit.Leaderboard.Row;
import io.flockwork.sdk.identity.Credentials;
import io.flockwork.sdk.identity.Role;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A log is believed as far as its core has signed it, and what it contradicts is told. */
class CreditLogTest {
    private static final CreditEntry ANN = entry("joba", "anna", "Ann & Söhne", "the ants", 500, 7);
    private static final CreditEntry BOB = entry("joba", "bobb", "bob", "", 0, 2_000);
    private static final CreditEntry AGAIN = entry("jobb", "anna", "Ann & Söhne", "the ants", 1_000, 0);

    private final Credentials core = CreditWorld.member(Role.CORE);

    @Test
    void anEntryIsItsLine() {
        assertEquals("joba anna 3 500 7 1000 o:Ann+%26+S%C3%B6hne t:the+ants", ANN.line());
        for (CreditEntry entry : List.of(ANN, BOB, AGAIN)) {
            assertEquals(entry, CreditEntry.parse(entry.line()));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "joba anna 3 500 7 1000 o:a",
                "joba anna 3 500 7 1000 o:a t:b c",
                "joba anna 0 500 7 1000 o:a t:b",
                "joba anna 3 -5 7 1000 o:a t:b",
                "joba anna 03 500 7 1000 o:a t:b",
                "joba anna 3 500 7 1000 o:%61 t:b",
                "joba anna 3 500 7 1000 o:a% t:b",
                "JOBA anna 3 500 7 1000 o:a t:b",
                "joba anna 3 500 7 99999999999999999999 o:a t:b"
            })
    void whatIsNoEntryIsRefused(String line) {
        assertThrows(IllegalArgumentException.class, () -> CreditEntry.parse(line));
    }

    @Test
    void aHeadIsItsLineAndSignedByACore() throws CertificateException {
        CreditHead head = CreditWorld.head(core, List.of(ANN.line()));
        head.check(CreditWorld.MEMBERS);
        assertEquals(head, CreditHead.parse(head.line()));
        CreditHead longer = new CreditHead(head.core(), 2, head.root(), head.millis(), head.signature());
        assertThrows(CertificateException.class, () -> longer.check(CreditWorld.MEMBERS));
        CreditHead ofAnEdge = CreditWorld.head(CreditWorld.member(Role.EDGE), List.of(ANN.line()));
        assertThrows(CertificateException.class, () -> ofAnEdge.check(CreditWorld.MEMBERS));
        assertThrows(IllegalArgumentException.class, () -> CreditHead.parse(head.line() + " more"));
    }

    @Test
    void aLogOfOtherEntriesThanThoseSignedIsNotBelieved() {
        List<String> lines = List.of(ANN.line(), BOB.line());
        CreditHead head = CreditWorld.head(core, lines);
        for (List<String> wrong : List.of(
                List.of(ANN.line()),
                List.of(BOB.line(), ANN.line()),
                List.of(ANN.line(), AGAIN.line()),
                List.of(ANN.line(), BOB.line(), AGAIN.line()),
                List.of(ANN.line(), "nonsense"))) {
            assertThrows(CertificateException.class, () -> CreditLog.of(head, wrong, CreditWorld.MEMBERS));
        }
    }

    @Test
    void aLogThatGoesOnContradictsNothingAndOneThatShrankOrForkedDoes() {
        CreditLog one = CreditWorld.log(core, ANN);
        CreditLog two = CreditWorld.log(core, ANN, BOB);
        CreditLog fork = CreditWorld.log(core, BOB, ANN);
        String name = "the credit log of core " + core.keys().id().brief();
        assertEquals(Optional.empty(), two.contradicts(one.head()));
        assertEquals(Optional.empty(), two.contradicts(two.head()));
        assertEquals(Optional.of(name + " has shrunk: it had 2 entries, and has 1"), one.contradicts(two.head()));
        assertEquals(
                Optional.of(name + " has been changed: its first 1 entries are not those that it had"),
                fork.contradicts(one.head()));
        assertTrue(fork.contradicts(two.head()).isPresent());
    }

    @Test
    void theBoardAddsUpEachJobOnceAndPutsTheMostWorkFirst() {
        List<CreditLog> logs = new ArrayList<>();
        logs.add(CreditWorld.log(core, ANN, BOB, AGAIN));
        logs.add(CreditWorld.log(CreditWorld.member(Role.CORE), ANN, BOB));
        assertEquals(
                List.of(new Row("bob", 1, 3, 0, 2_000, 2_000_000), new Row("Ann & Söhne", 2, 6, 1_500, 7, 8_500)),
                Leaderboard.of(logs, By.OPERATOR));
        assertEquals(
                List.of(new Row("the ants", 2, 6, 1_500, 7, 8_500)), Leaderboard.of(logs, By.TEAM), "bob has no team");
        assertEquals("bobb", Leaderboard.of(logs, By.WORKER).get(0).name());
    }
}
