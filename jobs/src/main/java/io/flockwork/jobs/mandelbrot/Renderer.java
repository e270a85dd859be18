package io.flockwork.jobs.mandelbrot;

/**
 * Escape times, smoothed, as colours. Java's arithmetic and {@link StrictMath} give the same bits on every platform, so
 * two workers' pixels agree.
 */
final class Renderer {
    /** Large enough that the smoothed escape time has no visible steps. */
    private static final double ESCAPE_SQUARED = 1 << 16;

    private static final double LOG_OF_TWO = StrictMath.log(2);
    private static final double INSIDE = -1;

    private final Region region;
    private final Palette palette = new Palette();

    Renderer(Region region) {
        this.region = region;
    }

    /** The pixels of rows {@code from} to {@code to}, the last not included. */
    byte[] rows(int from, int to) {
        byte[] pixels = new byte[(to - from) * region.rowBytes()];
        int at = 0;
        for (int row = from; row < to; row++) {
            double imaginary = region.imaginary(row);
            for (int column = 0; column < region.width(); column++) {
                double time = escapeTime(region.real(column), imaginary, region.depth());
                if (time != INSIDE) {
                    palette.put(time, pixels, at);
                }
                at += 3;
            }
        }
        return pixels;
    }

    /** When the point leaves, in iterations and parts of one, or {@link #INSIDE}. */
    private static double escapeTime(double cr, double ci, int depth) {
        if (inMainBody(cr, ci)) {
            return INSIDE;
        }
        double zr = 0;
        double zi = 0;
        double seenR = 0;
        double seenI = 0;
        for (int n = 1, look = 8; n <= depth; n++) {
            double r = zr * zr - zi * zi + cr;
            zi = 2 * zr * zi + ci;
            zr = r;
            double squared = zr * zr + zi * zi;
            if (squared > ESCAPE_SQUARED) {
                return n + 1 - StrictMath.log(StrictMath.log(squared) / 2 / LOG_OF_TWO) / LOG_OF_TWO;
            }
            if (zr == seenR && zi == seenI) {
                return INSIDE; // an orbit that comes back to a point never leaves
            }
            if (n == look) {
                look *= 2;
                seenR = zr;
                seenI = zi;
            }
        }
        return INSIDE;
    }

    /** True in the heart and in the disc to its left, where most of the inside is. */
    private static boolean inMainBody(double cr, double ci) {
        double square = ci * ci;
        double q = (cr - 0.25) * (cr - 0.25) + square;
        return q * (q + cr - 0.25) <= square / 4 || (cr + 1) * (cr + 1) + square <= 0.0625;
    }
}
