package io.flockwork.coordinator;

import io.flockwork.sdk.client.RevokedNews;
import io.flockwork.sdk.identity.EnrolmentRequest;
import io.flockwork.sdk.identity.Peer;
import io.flockwork.sdk.identity.Revocations;
import io.flockwork.sdk.identity.Role;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets newcomers in, and does what an operator asks: invite and revoke. */
final class MemberRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(MemberRoutes.class);
    private static final Set<Role> OPERATORS = EnumSet.of(Role.OPERATE);

    private final Vertx vertx;
    private final Registry registry;
    private final Revocations revocations;
    private final Clock clock;
    private final Consumer<Boolean> enrolments;

    /** @param enrolments hears of each request to join whether it was granted */
    MemberRoutes(Vertx vertx, Registry registry, Revocations revocations, Clock clock, Consumer<Boolean> enrolments) {
        this.vertx = vertx;
        this.registry = registry;
        this.revocations = revocations;
        this.clock = clock;
        this.enrolments = enrolments;
    }

    void mount(Router router) {
        router.post(EnrolmentRequest.PATH).handler(Replies.body()).handler(this::enrol);
        router.post("/invitations")
                .handler(Visitor.only(OPERATORS, revocations))
                .handler(Replies.body())
                .handler(this::invite);
        router.post(RevokedNews.PATH)
                .handler(Visitor.only(OPERATORS, revocations))
                .handler(Replies.body())
                .handler(this::revoke);
    }

    private void enrol(RoutingContext context) {
        EnrolmentRequest request = EnrolmentRequest.of(object(context).getMap());
        context.addEndHandler(ended -> enrolments.accept(context.response().getStatusCode() == 200));
        answer(context, () -> {
            X509Certificate certificate = registry.enrol(request);
            Peer member = Peer.of(certificate);
            LOG.info("{} joins as {} of operator {}", member.id().brief(), member.office(), member.operator());
            return new JsonObject()
                    .put("certificate", base64(certificate))
                    .put("authority", base64(registry.authority().certificate()));
        });
    }

    private void invite(RoutingContext context) {
        Terms terms = Terms.of(object(context));
        answer(context, () -> new JsonObject()
                .put("link", registry.invite(terms.from(clock.millis())).text())
                .put("pin", registry.pin()));
    }

    private void revoke(RoutingContext context) {
        if (!(object(context).getValue("what") instanceof String named)) {
            throw new IllegalArgumentException("'what' is missing or not a text");
        }
        answer(context, () -> {
            String what = registry.revoke(named);
            registry.revoked().ifPresent(revocations::learn);
            LOG.info("revoked: {}", what);
            return new JsonObject().put("revoked", what);
        });
    }

    private void answer(RoutingContext context, Callable<JsonObject> work) {
        vertx.executeBlocking(work)
                .onSuccess(body -> Replies.json(context, 200, body))
                .onFailure(context::fail);
    }

    private static String base64(X509Certificate certificate) throws CertificateEncodingException {
        return Base64.getEncoder().encodeToString(certificate.getEncoded());
    }

    private static JsonObject object(RoutingContext context) {
        try {
            Buffer body = context.body().buffer();
            if (body != null && Json.decodeValue(body) instanceof JsonObject json) {
                return json;
            }
        } catch (DecodeException malformed) {
            throw new IllegalArgumentException("the body is not a JSON object", malformed);
        }
        throw new IllegalArgumentException("the body is not a JSON object");
    }
}
