package io.flockwork.bench;

import io.flockwork.sdk.client.Login;
import io.flockwork.sdk.identity.GridTls;
import io.flockwork.sdk.identity.Membership;
import io.flockwork.sdk.identity.Scope;
import io.flockwork.sdk.identity.Token;
import io.flockwork.sdk.model.Address;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * Many who look at a grid: opens so many streams of events, as dashboards do, until it is killed, and says each second how much they
 * hear.
 *
 * <p>Arguments: {@code HOME VIEWERS HOST:PORT...}; HOME is the {@code FLOCKWORK_HOME} of a user who has logged in, the addresses are of
 * cores or of the coordinator, among which the viewers are shared out.
 */
final class Viewers {
    private Viewers() {}

    /** A browser has no certificate of its own. */
    private static SSLContext browser(GridTls trusting) throws GeneralSecurityException {
        SSLContext tls = SSLContext.getInstance(GridTls.PROTOCOL);
        tls.init(null, new TrustManager[] {trusting.trust(GridTls.SERVERS)}, null);
        return tls;
    }

    public static void main(String[] arguments) throws GeneralSecurityException {
        Membership user = Login.of(Path.of(arguments[0]));
        String token = Token.mint(
                        user.credentials(),
                        EnumSet.of(Scope.READ),
                        Instant.now().plusSeconds(3600))
                .text();
        int count = Integer.parseInt(arguments[1]);
        List<Address> entrances =
                Stream.of(arguments).skip(2).map(Address::parse).toList();
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(browser(new GridTls(user.credentials())))
                .build();
        AtomicLong events = new AtomicLong();
        AtomicLong bytes = new AtomicLong();
        AtomicLong open = new AtomicLong();
        IntStream.range(0, count).forEach(viewer -> {
            Address entrance = entrances.get(viewer % entrances.size());
            HttpRequest request = HttpRequest.newBuilder(URI.create("https://" + entrance + "/api/v1/events"))
                    .header("authorization", "Bearer " + token)
                    .build();
            CompletableFuture<HttpResponse<Stream<String>>> answer = http.sendAsync(request, BodyHandlers.ofLines());
            answer.thenAcceptAsync(
                            response -> {
                                if (response.statusCode() != 200) {
                                    System.out.println("refused: " + response.statusCode());
                                    return;
                                }
                                open.incrementAndGet();
                                response.body().forEach(line -> {
                                    events.addAndGet(line.startsWith("event:") ? 1 : 0);
                                    bytes.addAndGet(line.length() + 1);
                                });
                                open.decrementAndGet();
                            },
                            task -> {
                                Thread reader = new Thread(task, "viewer");
                                reader.setDaemon(true);
                                reader.start();
                            })
                    .exceptionally(away -> {
                        System.out.println("away: " + ((CompletionException) away).getCause());
                        return null;
                    });
        });
        Executors.newSingleThreadScheduledExecutor()
                .scheduleAtFixedRate(
                        () -> System.out.printf(
                                "%d viewers: %,d events, %,d bytes in the last second%n",
                                open.get(), events.getAndSet(0), bytes.getAndSet(0)),
                        1,
                        1,
                        TimeUnit.SECONDS);
    }
}
