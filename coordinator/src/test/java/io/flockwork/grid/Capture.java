package io.flockwork.grid;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What tcpdump heard of TCP over IPv4 on an Ethernet-like link (the pcap format of libpcap).
 *
 * @param talks the first bytes, in hexadecimal, that each end of each connection said
 */
record Capture(Map<String, String> talks) {
    private static final int FILE_HEADER = 24;
    private static final int LINK_HEADER = 14;
    private static final int IPV4 = 0x0800;
    private static final int TCP = 6;
    private static final int FIRST_BYTES = 2;

    static Capture read(Path file) throws IOException {
        // A capture has the byte order of the machine that made it; what it holds has the network's.
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.nativeOrder());
        Map<String, String> talks = new LinkedHashMap<>();
        bytes.position(FILE_HEADER);
        while (bytes.remaining() >= 16) {
            int length = bytes.getInt(bytes.position() + 8);
            bytes.position(bytes.position() + 16);
            if (bytes.remaining() < length) {
                break; // it was being written
            }
            hear(bytes.slice(bytes.position(), length), talks);
            bytes.position(bytes.position() + length);
        }
        return new Capture(talks);
    }

    private static void hear(ByteBuffer frame, Map<String, String> talks) {
        if (frame.limit() < LINK_HEADER + 20 || frame.getShort(12) != IPV4 || frame.get(LINK_HEADER + 9) != TCP) {
            return;
        }
        int tcp = LINK_HEADER + (frame.get(LINK_HEADER) & 15) * 4;
        int payload = tcp + (frame.get(tcp + 12) >>> 4 & 15) * 4;
        int end = LINK_HEADER + (frame.getShort(LINK_HEADER + 2) & 0xffff);
        if (end - payload >= FIRST_BYTES) {
            byte[] first = new byte[FIRST_BYTES];
            frame.get(payload, first);
            String talk = (frame.getShort(tcp) & 0xffff) + " to " + (frame.getShort(tcp + 2) & 0xffff);
            talks.putIfAbsent(talk, HexFormat.of().formatHex(first));
        }
    }
}
