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
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyResponse;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Passes requests on to a core of the grid: to the first that takes them. Safe for use by many threads. */
public final class Onward {
    private static final int CONNECT_MILLIS = 3_000;
    /** Each page that is open holds a connection or two. */
    private static final int MOST_CONNECTIONS = 1_500;

    private final HttpProxy proxy;
    private final Supplier<List<Address>> cores;

    /**
     * A way to the grid.
     *
     * @param tls as whom cores are dialled
     * @param cores those that there are, in the order in which they are tried
     * @param addressed makes of a browser's request what is asked of the core
     */
    public Onward(Vertx vertx, GridTls tls, Supplier<List<Address>> cores, Consumer<MultiMap> addressed) {
        this.cores = cores;
        HttpClientOptions options = new HttpClientOptions()
                .setSsl(true)
                .setUseAlpn(false)
                .setEnabledSecureTransportProtocols(Set.of(GridTls.PROTOCOL))
                .setKeyCertOptions(KeyCertOptions.wrap(tls.keyManager()))
                .setTrustOptions(TrustOptions.wrap(tls.trust(EnumSet.of(Role.CORE))))
                // The certificate names a member, not a host; the trust above has looked at it.
                .setVerifyHost(false)
                .setConnectTimeout(CONNECT_MILLIS);
        HttpClient client = vertx.httpClientBuilder()
                .with(options)
                .with(new PoolOptions().setHttp1MaxSize(MOST_CONNECTIONS))
                .build();
        proxy = HttpProxy.reverseProxy(client)
                .origin(context -> connect(client, cores.get().iterator()))
                .addInterceptor(new ProxyInterceptor() {
                    @Override
                    public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
                        addressed.accept(context.request().headers());
                        return context.sendRequest();
                    }
                });
    }

    private static Future<HttpClientRequest> connect(HttpClient client, Iterator<Address> candidates) {
        if (!candidates.hasNext()) {
            return Future.failedFuture("no core of the grid answers");
        }
        Address core = candidates.next();
        return client.request(new RequestOptions().setServer(SocketAddress.inetSocketAddress(core.port(), core.host())))
                .recover(away -> connect(client, candidates));
    }

    /** Answers with what a core answers. */
    public void pass(RoutingContext request) {
        if (cores.get().isEmpty()) {
            request.response().setStatusCode(503).end("no core of the grid is known here yet");
            return;
        }
        proxy.handle(request.request());
    }
}
