package io.flockwork.sdk.model;

import java.util.regex.Pattern;

/** Where a node listens: a host's name or address, in ASCII. Written {@code HOST:PORT}, an IPv6 host in square brackets. */
public record Address(String host, int port) {
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:%-]{1,255}");

    public Address {
        // Addresses go into URLs and files, whoever said them.
        if (!HOST.matcher(host).matches()) {
            throw new IllegalArgumentException("a host is a name or an address of 1 to 255 characters");
        }
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("a port is from 1 to 65535, not " + port);
        }
    }

    /**
     * Reads {@code HOST:PORT}.
     *
     * @throws IllegalArgumentException with one sentence for a person
     */
    public static Address parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon <= 0 || colon == text.length() - 1) {
            throw notOne(text, null);
        }
        String host = text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        try {
            return new Address(host, Integer.parseInt(text.substring(colon + 1)));
        } catch (NumberFormatException notANumber) {
            throw notOne(text, notANumber);
        }
    }

    /** Shows what was given when that is fit to be shown. */
    private static IllegalArgumentException notOne(String text, NumberFormatException cause) {
        String shown = text.matches("\\p{Graph}{1,300}") ? "'" + text + "'" : "this";
        return new IllegalArgumentException(shown + " is not HOST:PORT", cause);
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
