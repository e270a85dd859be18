package io.flockwork.worker.runtime;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** That units start only while their memory fits together. */
class MemoryBudgetTest {
    @Test
    void whoDoesNotFitWaitsUntilMemoryIsGivenBack() throws InterruptedException {
        MemoryBudget budget = new MemoryBudget(64);
        budget.take(40);
        budget.take(24);
        budget.giveBack(24);
        CountDownLatch admitted = new CountDownLatch(1);
        Thread second = new Thread(() -> {
            try {
                budget.take(40);
                admitted.countDown();
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
        });
        second.setDaemon(true);
        second.start();
        await().atMost(10, TimeUnit.SECONDS).until(() -> second.getState() == Thread.State.WAITING);
        assertFalse(admitted.getCount() == 0);
        budget.giveBack(40);
        assertTrue(admitted.await(10, TimeUnit.SECONDS));
    }
}
