package io.flockwork.worker.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.Code;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.Limits;
import io.flockwork.sdk.wire.WorkerMessage.Cores;
import io.flockwork.sdk.wire.WorkerMessage.Directory;
import io.flockwork.sdk.wire.WorkerMessage.JobNotice;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Whom a worker dials and whom it believes, as its home comes and goes. */
class HomeCoreTest {
    private static final Address ANT = new Address("ant", 7701);
    private static final Address BEE = new Address("bee", 7701);
    private static final Address FLY = new Address("fly", 7701);

    private final List<Address> dialled = new ArrayList<>();
    private final List<Directory> news = new ArrayList<>();
    private final Queue<Runnable> later = new ArrayDeque<>();
    private final List<List<Address>> written = new ArrayList<>();
    private List<Address> aroundThere = List.of();
    private final Homes homes = Homes.among(List.of(ANT), new Random(1));
    private final HomeCore home = new HomeCore(
            homes,
            new CoreBook() {
                @Override
                public void learn(List<Address> cores) {
                    written.add(cores);
                }

                @Override
                public List<Address> askAround() {
                    return aroundThere;
                }
            },
            new CoreLinks(
                    (core, listener) -> {
                        dialled.add(core);
                        return new CompletableFuture<>();
                    },
                    Runnable::run,
                    later::add,
                    link -> {},
                    (link, message) -> {},
                    core -> {}),
            news::add,
            new HomeCore.Threads(Runnable::run, later::add, Runnable::run));

    @Test
    void whatTheHomeSaysIsNewsAndWhatOthersSayIsNot() {
        home.turnTo();
        assertEquals(List.of(ANT), dialled);
        home.said(ANT, directory(1));
        home.said(BEE, directory(2));
        assertEquals(List.of(directory(1)), news);
        home.said(BEE, new Cores(List.of(FLY)));
        assertEquals(List.of(), written);
        home.said(ANT, new Cores(List.of(ANT, BEE)));
        assertEquals(List.of(List.of(ANT, BEE)), written);
    }

    @Test
    void whenTheHomeIsLostAnotherOneIsDialledAtOnce() {
        home.turnTo();
        home.said(ANT, new Cores(List.of(ANT, BEE)));
        home.lost(BEE);
        assertEquals(ANT, homes.now(), "that was no home");
        home.lost(ANT);
        assertEquals(List.of(ANT, BEE), dialled);
        assertTrue(later.isEmpty());
    }

    @Test
    void aMasterThatBecomesTheHomeHasSaidAllAlready() {
        home.turnTo();
        home.said(ANT, new Cores(List.of(ANT, BEE)));
        home.alsoWant(Set.of(BEE));
        home.said(BEE, directory(2));
        home.lost(ANT);
        assertEquals(List.of(directory(2)), news);
        assertTrue(home.hears());
    }

    @Test
    void whatACoreSaidOnASocketThatIsNoMoreIsNotBelieved() {
        home.turnTo();
        home.said(ANT, new Cores(List.of(ANT, BEE)));
        home.alsoWant(Set.of(BEE));
        home.said(BEE, directory(2));
        home.alsoWant(Set.of());
        home.lost(ANT);
        assertEquals(BEE, homes.now());
        assertEquals(List.of(), news, "it may have left out jobs that have come since");
        assertFalse(home.hears());
    }

    @Test
    void whenNobodyIsLeftItAsksAroundAndTriesAgainLater() {
        home.turnTo();
        aroundThere = List.of(FLY);
        home.lost(ANT);
        assertEquals(List.of(ANT), dialled, "not at once");
        home.lost(ANT);
        later.forEach(Runnable::run);
        assertEquals(FLY, homes.now());
        assertNotEquals(-1, dialled.indexOf(FLY));
    }

    private static Directory directory(int number) {
        JobId job = JobId.random(new Random(number));
        return new Directory(
                List.of(new JobNotice(job, FLY, 1, new Code.Java("echo", Map.of()), Limits.DEFAULT, true, 1)));
    }
}
