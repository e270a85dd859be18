package io.flockwork.sdk.wasm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What units do not have is refused in one sentence, and so is what is no module. Bytes are written as hexadecimal digits. */
class RefusalTest {
    private static final String HEAD = "0061736d01000000";
    /** One type, without parameters and results, and one function of it. */
    private static final String FUNCTION = "0104016000000302" + "0100";

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    private static String refusal(byte[] module) {
        return assertThrows(IllegalArgumentException.class, () -> Metering.rewrite(module))
                .getMessage();
    }

    private static String refusal(String sections) {
        return refusal(bytes(HEAD + sections));
    }

    /** Sections for a function of this code, whose end is added. */
    private static String function(String code) {
        String body = "00" + code.replace(" ", "") + "0b";
        return FUNCTION + "0a" + size(body.length() / 2 + 2) + "01" + size(body.length() / 2) + body;
    }

    private static String size(int bytes) {
        return String.format("%02x", bytes);
    }

    @ParameterizedTest
    @CsvSource({
        "fd0c00000000000000000000000000000000, SIMD",
        "fe0300, threads",
        "0640, exceptions",
        "1f4000, exceptions",
        "0800, exceptions",
        "1200, tail calls",
        "130000, tail calls",
        "1400, typed function references",
        "d400, typed function references",
        "fb00, garbage-collected types",
        "d3, garbage-collected types",
        "027b, SIMD",
        "0269, exceptions",
        "d06e, garbage-collected types",
    })
    void laterInstructionsAreRefused(String code, String what) {
        assertEquals("the module wants " + what + ", which units do not have", refusal(function(code)));
    }

    @ParameterizedTest
    @CsvSource({
        "0105016001 7b00, SIMD",
        "0104015e7f00, garbage-collected types",
        "0503010400, a memory of 64 bits",
        "050401030101, threads",
        "0d03010000, exceptions",
        "02060101 6101 6204, exceptions",
    })
    void laterSectionsAreRefused(String sections, String what) {
        assertEquals("the module wants " + what + ", which units do not have", refusal(sections));
    }

    @ParameterizedTest
    @CsvSource({
        "'', this is not a WebAssembly module",
        "0061736e01000000, this is not a WebAssembly module",
        "0061736d0d000100, 'the module is of a WebAssembly version that units do not have; it is no core module'",
        "0061736d01000000 0104, the module is damaged or of an unknown kind: it ends too early",
        "0061736d01000000 0e00, the module is damaged or of an unknown kind: it has a section of kind 14",
        "0061736d01000000 030100 010100, the module is damaged or of an unknown kind: its sections are out of order",
        "0061736d01000000 01050160000000, the module is damaged or of an unknown kind: the section of types has bytes left over",
    })
    void whatIsNoModuleIsRefused(String hex, String sentence) {
        assertEquals(sentence, refusal(bytes(hex)));
    }

    @ParameterizedTest
    @CsvSource({
        "2000, there is no local 0",
        "23 00, there is no global 0",
        "4100 24 00, there is no global 0",
        "1001, there is no function 1",
        "d201, there is no function 1",
        "0c01, there is no block 1",
        "0201, there is no type 1",
        "41001101 00, there is no type 1",
        "41001100 00, there is no table 0",
        "05, an else without an if",
        "27, unknown instruction 0x27",
        "fc12, there is no instruction 0xfc 18",
        "0b 01, a function has bytes left over",
    })
    void whatNamesMoreThanThereIsIsRefused(String code, String what) {
        assertEquals("the module is damaged or of an unknown kind: " + what, refusal(function(code)));
    }

    @ParameterizedTest
    @CsvSource({"3f01, ''", "fc0b01, ''", "41002842 0000, ''"})
    void severalMemoriesAreRefused(String code, String nothing) {
        assertEquals("the module must have one memory, not more" + nothing, refusal(function(code)));
        assertEquals("the module must have one memory, not more", refusal("0505020001 0001"));
    }

    @Test
    void reservedNamesAreRefused() {
        String export = "0712010e" + HexFormat.of().formatHex("flockwork.fuel".getBytes()) + "0000";
        assertEquals(
                "the module exports 'flockwork.fuel'; names with flockwork. are reserved", refusal(FUNCTION + export));
    }

    @Test
    void aStartSectionIsRefused() {
        assertEquals(
                "the module has a start section; a unit starts at _start and nowhere else",
                refusal(FUNCTION + "080100" + "0a040102000b"));
    }

    @Test
    void whatIsTooLargeIsRefused() {
        assertEquals("the module is larger than 64 MiB", refusal(new byte[(64 << 20) + 1]));
        assertEquals("the module has 200001 functions; at most 200000 will do", refusal("010401600000 0304c19a0c00"));
        assertEquals(
                "the module has a table of 1000001 entries; at most 1000000 will do", refusal("040601 7000c1843d"));
        assertEquals(
                "the module has a function of more than 50000 locals", refusal(FUNCTION + "0a0801 0601 d18603 7f0b"));
    }

    @Test
    void aFunctionWithoutABodyIsRefused() {
        assertTrue(refusal(FUNCTION).endsWith("it has 1 functions and 0 bodies"), refusal(FUNCTION));
    }
}
