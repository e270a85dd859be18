package io.flockwork.sdk.web;

import io.flockwork.sdk.identity.GridTls;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.model.Address;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.TrustOptions;
import io.vertx.ext.web.RoutingContext;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyOptions;
import io.vertx.httpproxy.ProxyResponse;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Passes requests on to a member of the grid that can answer them: to the first that takes them. Safe for use by many threads. */
public final class GridProxy {
    private static final int CONNECT_MILLIS = 3_000;
    /** Each page that is open holds a connection or two. */
    private static final int MOST_CONNECTIONS = 1_500;

    private static final int MOST_TRIED = 5;

    private final HttpProxy proxy;
    private final Supplier<List<Address>> members;

    /**
     * A way to the grid.
     *
     * @param tls as whom members are dialled
     * @param role whom to expect there
     * @param members where they are, in the order in which they are tried
     * @param addressed makes of a browser's headers what is shown to the member
     */
    public GridProxy(
            Vertx vertx, GridTls tls, Role role, Supplier<List<Address>> members, Consumer<MultiMap> addressed) {
        this.members = members;
        HttpClientOptions options = new HttpClientOptions()
                .setSsl(true)
                .setUseAlpn(false)
                .setEnabledSecureTransportProtocols(Set.of(GridTls.PROTOCOL))
                .setKeyCertOptions(KeyCertOptions.wrap(tls.keyManager()))
                .setTrustOptions(TrustOptions.wrap(tls.trust(EnumSet.of(role))))
                // The certificate names a member, not a host; the trust above has looked at it.
                .setVerifyHost(false)
                .setConnectTimeout(CONNECT_MILLIS);
        HttpClient client = vertx.httpClientBuilder()
                .with(options)
                .with(new PoolOptions().setHttp1MaxSize(MOST_CONNECTIONS))
                .build();
        proxy = HttpProxy.reverseProxy(new ProxyOptions().setSupportWebSocket(false), client)
                .origin(context ->
                        connect(client, members.get().stream().limit(MOST_TRIED).iterator()))
                .addInterceptor(new ProxyInterceptor() {
                    @Override
                    public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
                        addressed.accept(context.request().headers());
                        return context.sendRequest().recover(away -> Future.succeededFuture(unanswered(context)));
                    }
                });
    }

    private static ProxyResponse unanswered(ProxyContext context) {
        return context.request()
                .release()
                .response()
                .setStatusCode(Problem.UNAVAILABLE)
                .putHeader("content-type", Problem.MEDIA_TYPE)
                .setBody(Body.body(new Problem(Problem.UNAVAILABLE, "who could answer that does not answer now")
                        .json()
                        .toBuffer()));
    }

    private static Future<HttpClientRequest> connect(HttpClient client, Iterator<Address> candidates) {
        if (!candidates.hasNext()) {
            return Future.failedFuture("no core of the grid answers");
        }
        Address core = candidates.next();
        return client.request(new RequestOptions().setServer(SocketAddress.inetSocketAddress(core.port(), core.host())))
                .recover(away -> connect(client, candidates));
    }

    /** Answers with what the member answers. */
    public void pass(RoutingContext request) {
        if (members.get().isEmpty()) {
            throw new Problem(503, "no core of the grid is up as far as is known here");
        }
        proxy.handle(request.request());
    }
}
