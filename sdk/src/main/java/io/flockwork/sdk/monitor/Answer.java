package io.flockwork.sdk.monitor;

/**
 * What is said to who asks for a {@link Page}.
 *
 * @param status of HTTP
 * @param type of the body, with its character set
 */
public record Answer(int status, String type, String body) {
    private static final String JSON = "application/json; charset=utf-8";
    private static final String TEXT = "text/plain; charset=utf-8";

    static Answer json(int status, String body) {
        return new Answer(status, JSON, body + "\n");
    }

    /** One sentence. */
    static Answer refusal(int status, String sentence) {
        return new Answer(status, TEXT, sentence + "\n");
    }
}
