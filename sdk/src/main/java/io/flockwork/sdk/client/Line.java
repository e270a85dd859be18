package io.flockwork.sdk.client;

import io.flockwork.sdk.identity.Revocations;
import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.wire.ClientMessage.Request;
import io.flockwork.sdk.wire.ClientMessage.Response;
import io.flockwork.sdk.wire.ClientMessage.Response.Refused;
import io.flockwork.sdk.wire.Codec;
import io.flockwork.sdk.wire.Dialer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** The one conversation that a client has with its grid, whichever core it is with now. Safe for use by many threads. */
final class Line {
    private final Dialer dialer;
    private final Codec codec;
    private final FailOver failOver;
    private final Patience patience;
    private final Revocations revocations;
    private volatile Conversation.Audience audience;
    private Address with;
    private CompletableFuture<Conversation> current;

    Line(Dialer dialer, Codec codec, FailOver failOver, Patience patience, Revocations revocations) {
        this.dialer = dialer;
        this.codec = codec;
        this.failOver = failOver;
        this.patience = patience;
        this.revocations = revocations;
        // Who has been revoked may be at the other end; whoever is dialled next has to show that it is not.
        revocations.listen(this::hangUp);
    }

    /** Who hears what concerns no single question. To be said before the first question. */
    void tell(Conversation.Audience hearing) {
        audience = hearing;
    }

    /** Blocks for the answer of any core. */
    Response ask(Request request) {
        return ask(patience.grid(), request);
    }

    /**
     * Blocks for the answer of any core.
     *
     * @throws GridException what the grid refused, or UNREACHABLE
     */
    Response ask(Duration within, Request request) {
        return failOver.ask(within, core -> conversation(core)
                .thenCompose(conversation -> conversation.ask(request))
                .thenApply(Line::accepted));
    }

    private static Response accepted(Response response) {
        if (response instanceof Refused refused) {
            throw switch (refused.why()) {
                case BAD_REQUEST -> new GridException(GridException.Kind.BAD_REQUEST, refused.message());
                case NOT_FOUND -> new GridException(GridException.Kind.NOT_FOUND, refused.message());
                case TRY_AGAIN -> new FailOver.TryAgain(refused.message());
            };
        }
        return response;
    }

    private synchronized CompletableFuture<Conversation> conversation(Address core) {
        if (!core.equals(with) || isOver(current)) {
            hangUp();
            with = core;
            current = Conversation.open(dialer, codec, core, patience.answer(), audience, revocations);
        }
        return current;
    }

    private static boolean isOver(CompletableFuture<Conversation> conversation) {
        return conversation.isCompletedExceptionally()
                || conversation.isDone() && conversation.join().isOver();
    }

    /** Ends the conversation with the present core, if there is one. */
    synchronized void hangUp() {
        if (current != null) {
            current.thenAccept(Conversation::close);
            with = null;
        }
    }
}
