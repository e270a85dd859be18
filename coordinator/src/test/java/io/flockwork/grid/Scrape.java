package io.flockwork.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What a node's {@code /metrics} said at one moment. */
record Scrape(String text) {
    static Scrape of(HttpClient http, String base) throws IOException, InterruptedException {
        HttpResponse<String> response = get(http, base + "/metrics");
        assertEquals(200, response.statusCode(), response.body());
        return new Scrape(response.body());
    }

    static HttpResponse<String> get(HttpClient http, String address) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString());
    }

    /** The sum over all labels; 0 where the name is not served. */
    double sum(String name) {
        return samples().entrySet().stream()
                .filter(sample ->
                        sample.getKey().equals(name) || sample.getKey().startsWith(name + "{"))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    /** The value of each name with its labels. */
    Map<String, Double> samples() {
        return text.lines()
                .filter(line -> !line.startsWith("#"))
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.lastIndexOf(' ')),
                        line -> Double.valueOf(line.substring(line.lastIndexOf(' ') + 1))));
    }

    /** The type of each of our own metrics. */
    Map<String, String> types() {
        return text.lines()
                .filter(line -> line.startsWith("# TYPE flockwork_"))
                .map(line -> line.split(" "))
                .collect(Collectors.toMap(parts -> parts[2], parts -> parts[3]));
    }

    /** Everything that a query may name. */
    Set<String> names() {
        Set<String> names = new HashSet<>();
        samples().keySet().forEach(sample -> names.add(sample.replaceFirst("\\{.*", "")));
        text.lines().filter(line -> line.startsWith("# TYPE ")).forEach(line -> names.add(line.split(" ")[2]));
        return names;
    }
}
