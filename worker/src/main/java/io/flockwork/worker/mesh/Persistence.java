package io.flockwork.worker.mesh;

import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.core.IndeterminateOperationStateException;
import com.hazelcast.core.LocalMemberResetException;
import com.hazelcast.core.MemberLeftException;
import com.hazelcast.core.OperationTimeoutException;
import com.hazelcast.spi.exception.RetryableException;
import com.hazelcast.spi.exception.TargetDisconnectedException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Tries again, while the mesh settles after a death, what is safe to do twice. */
final class Persistence {
    private static final int TRIES = 60;
    private static final long FIRST_PAUSE_MILLIS = 20;
    private static final long LONGEST_PAUSE_MILLIS = 1_000;

    private final ScheduledExecutorService mesh;

    /** @param mesh completes every stage */
    Persistence(ScheduledExecutorService mesh) {
        this.mesh = mesh;
    }

    /** @param operation called anew for each try, with true from the second on */
    <T> CompletableFuture<T> until(Function<Boolean, CompletionStage<T>> operation) {
        CompletableFuture<T> result = new CompletableFuture<>();
        attempt(operation, 1, result);
        return result;
    }

    private <T> void attempt(Function<Boolean, CompletionStage<T>> operation, int round, CompletableFuture<T> result) {
        CompletionStage<T> stage;
        try {
            stage = operation.apply(round > 1);
        } catch (RuntimeException atOnce) {
            stage = CompletableFuture.failedFuture(atOnce);
        }
        stage.whenCompleteAsync(
                (value, error) -> {
                    if (error == null) {
                        result.complete(value);
                    } else if (round < TRIES && passes(cause(error))) {
                        long pause = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(round, 10));
                        mesh.schedule(() -> attempt(operation, round + 1, result), pause, TimeUnit.MILLISECONDS);
                    } else {
                        result.completeExceptionally(forPerson(cause(error)));
                    }
                },
                mesh);
    }

    private static Throwable cause(Throwable error) {
        return error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    }

    private static boolean passes(Throwable error) {
        return error instanceof IndeterminateOperationStateException
                || error instanceof MemberLeftException
                || error instanceof LocalMemberResetException
                || error instanceof RetryableException
                || error instanceof TargetDisconnectedException
                || error instanceof OperationTimeoutException
                || error instanceof Unsettled;
    }

    private static MeshException forPerson(Throwable error) {
        return error instanceof HazelcastInstanceNotActiveException
                ? new MeshException("this core has left the mesh", error)
                : new MeshException("the mesh did not do it: " + error.getMessage(), error);
    }

    /** Keys are on the move. */
    static final class Unsettled extends RuntimeException {
        Unsettled(String message) {
            super(message);
        }
    }
}
