package io.flockwork.jobs.mandelbrot;

import io.flockwork.sdk.job.Parameters;

/**
 * The part of the complex plane to show, and how finely. Pixels are square.
 *
 * @param x real part of the middle
 * @param y imaginary part of the middle
 * @param size width in the complex plane
 * @param depth iterations until a point counts as inside
 */
record Region(int width, int height, double x, double y, double size, int depth) {
    static final int LONGEST_SIDE = 100_000;
    static final int MOST_PIXELS = 100_000_000;
    static final int DEEPEST = 10_000_000;

    /** Numbers beyond this would only overflow. */
    private static final double FAR = 1e6;

    /** @throws IllegalArgumentException with one sentence when a parameter does not fit */
    static Region of(Parameters parameters) {
        int width = (int) parameters.whole("width", 1, LONGEST_SIDE);
        int height = (int) parameters.whole("height", 1, LONGEST_SIDE);
        if ((long) width * height > MOST_PIXELS) {
            throw new IllegalArgumentException(
                    "a picture has at most " + MOST_PIXELS + " pixels, not " + (long) width * height);
        }
        double size = within(parameters, "size");
        if (size <= 0) {
            throw new IllegalArgumentException("size=" + parameters.text("size") + " is not positive");
        }
        return new Region(width, height, within(parameters, "x"), within(parameters, "y"), size, (int)
                parameters.whole("depth", 1, DEEPEST));
    }

    int rowBytes() {
        return 3 * width;
    }

    double real(int column) {
        return x + (column + 0.5 - width / 2.0) * (size / width);
    }

    double imaginary(int row) {
        return y - (row + 0.5 - height / 2.0) * (size / width);
    }

    private static double within(Parameters parameters, String name) {
        double value = parameters.real(name);
        if (Math.abs(value) > FAR) {
            throw new IllegalArgumentException(
                    name + "=" + parameters.text(name) + " is not from -" + FAR + " to " + FAR);
        }
        return value;
    }
}
