package io.flockwork.sdk.client;

import io.flockwork.sdk.model.Address;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** Says in words what the JDK's exceptions mean. */
final class Trouble {
    private Trouble() {}

    /** Why a node could not be asked. */
    static String reaching(Address node, Throwable error) {
        Throwable cause = unwrapped(error);
        if (cause instanceof HttpTimeoutException
                || cause instanceof TimeoutException
                || cause instanceof CancellationException) {
            return node + " did not answer in time";
        }
        if (cause instanceof UnresolvedAddressException
                || cause instanceof UnknownHostException
                || cause.getCause() instanceof UnresolvedAddressException) {
            return "there is no host " + node.host();
        }
        if (cause instanceof ConnectException) {
            return "nobody listens at " + node;
        }
        String message = cause.getMessage();
        return message == null || message.isBlank() ? node + " did not answer (" + cause + ")" : node + ": " + message;
    }

    /** What a future really failed with. */
    static Throwable unwrapped(Throwable error) {
        boolean wrapper = error instanceof CompletionException || error instanceof ExecutionException;
        return wrapper && error.getCause() != null ? unwrapped(error.getCause()) : error;
    }
}
