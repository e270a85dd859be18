package io.flockwork.sdk.job;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes results that mean the same the same bytes; for {@link JobType#normalForm}. Stateless. */
public final class NormalForm {
    private static final int LONGEST_NUMBER = 400;
    private static final Pattern NUMBER =
            Pattern.compile("[-+]?(?:\\d+\\.\\d*|\\.\\d+|\\d+(?=[eE]))(?:[eE][-+]?\\d{1,4})?");

    private NormalForm() {}

    /**
     * The text with each decimal fraction rounded to so many significant digits, half to even, and written as {@code
     * 1.25E+3}. Whole numbers stay as they are. Two values on either side of a rounding boundary still differ: choose a digit
     * less than the results agree in, and expect that a few are computed once more.
     *
     * @param text in UTF-8
     * @param digits 1 to 17
     */
    public static byte[] digits(byte[] text, int digits) {
        if (digits < 1 || digits > 17) {
            throw new IllegalArgumentException("a double has 1 to 17 significant digits, not " + digits);
        }
        MathContext rounding = new MathContext(digits, RoundingMode.HALF_EVEN);
        Matcher numbers = NUMBER.matcher(new String(text, StandardCharsets.UTF_8));
        return numbers.replaceAll(found -> Matcher.quoteReplacement(rounded(found.group(), rounding)))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String rounded(String number, MathContext rounding) {
        if (number.length() > LONGEST_NUMBER) {
            return number;
        }
        BigDecimal value = new BigDecimal(number).round(rounding).stripTrailingZeros();
        if (value.signum() == 0) {
            return "0E+0";
        }
        int exponent = value.precision() - value.scale() - 1;
        return value.scaleByPowerOfTen(-exponent).toPlainString() + (exponent < 0 ? "E-" : "E+") + Math.abs(exponent);
    }
}
