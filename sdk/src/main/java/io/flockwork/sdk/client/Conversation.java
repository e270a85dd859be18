package io.flockwork.sdk.client;

import io.flockwork.sdk.identity.RevocationList;
import io.flockwork.sdk.identity.Revocations;
import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.wire.ClientMessage;
import io.flockwork.sdk.wire.ClientMessage.Call;
import io.flockwork.sdk.wire.ClientMessage.Reply;
import io.flockwork.sdk.wire.ClientMessage.Request;
import io.flockwork.sdk.wire.ClientMessage.Response;
import io.flockwork.sdk.wire.ClientMessage.Status;
import io.flockwork.sdk.wire.ClientMessage.Update;
import io.flockwork.sdk.wire.Codec;
import io.flockwork.sdk.wire.Dialer;
import io.flockwork.sdk.wire.Link;
import io.flockwork.sdk.wire.Message;
import io.flockwork.sdk.wire.RevokedNodes;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Numbered questions to one core over one link, and the updates that it sends unasked. Safe for use by many threads. */
final class Conversation implements Link.Listener {
    /** Hears what concerns no single question; must not block. */
    interface Audience {
        void heard(Status status);

        void ended();
    }

    private final Audience audience;
    private final Revocations revocations;
    private final Duration timeout;
    private final Map<Long, CompletableFuture<Response>> open = new HashMap<>();
    private Link link;
    private long calls;
    private String over;

    private Conversation(Audience audience, Revocations revocations, Duration timeout) {
        this.audience = audience;
        this.revocations = revocations;
        this.timeout = timeout;
    }

    static CompletableFuture<Conversation> open(
            Dialer dialer, Codec codec, Address core, Duration timeout, Audience audience, Revocations revocations) {
        Conversation conversation = new Conversation(audience, revocations, timeout);
        return Link.open(dialer, core, ClientMessage.PATH, codec, conversation).thenApply(conversation::over);
    }

    private synchronized Conversation over(Link opened) {
        link = opened;
        return this;
    }

    /** The core's answer; fails when the link ends first, and ends the link when there is no answer in time. */
    CompletableFuture<Response> ask(Request request) {
        CompletableFuture<Response> answer = new CompletableFuture<>();
        long call;
        synchronized (this) {
            if (over != null) {
                return CompletableFuture.failedFuture(new IOException(over));
            }
            call = ++calls;
            open.put(call, answer);
        }
        link.send(new Call(call, request));
        return answer.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS).whenComplete((response, error) -> {
            if (error != null) {
                close();
            }
        });
    }

    synchronized boolean isOver() {
        return over != null;
    }

    void close() {
        link.close();
    }

    @Override
    public void received(Link from, Message message) {
        if (message instanceof Reply reply) {
            CompletableFuture<Response> answer = answering(reply.call());
            if (answer != null) {
                answer.complete(reply.response());
            }
        } else if (message instanceof Update update) {
            audience.heard(update.status());
        } else if (message instanceof RevokedNodes news) {
            revocations.learn(RevocationList.parse(news.list()));
        }
    }

    @Override
    public void closed(Link from, String why) {
        allOpen(why).forEach(answer -> answer.completeExceptionally(new IOException(why)));
        audience.ended();
    }

    private synchronized CompletableFuture<Response> answering(long call) {
        return open.remove(call);
    }

    private synchronized List<CompletableFuture<Response>> allOpen(String why) {
        over = why;
        List<CompletableFuture<Response>> unanswered = List.copyOf(open.values());
        open.clear();
        return unanswered;
    }
}
