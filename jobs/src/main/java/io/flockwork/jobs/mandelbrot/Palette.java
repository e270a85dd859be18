package io.flockwork.jobs.mandelbrot;

/** Colours that run through night blue, white, gold and brown and begin again. */
final class Palette {
    private static final int SIZE = 2048;

    /** How fast the colours pass by; escape times enter by their square root, so that deep regions stay calm. */
    private static final double PACE = 230;

    /** Position in the palette from 0 to 1, then red, green, blue from 0 to 255. */
    private static final double[][] STOPS = {
        {0.0, 0, 7, 100},
        {0.16, 32, 107, 203},
        {0.42, 237, 255, 255},
        {0.6425, 255, 170, 0},
        {0.8575, 60, 20, 10},
        {1.0, 0, 7, 100},
    };

    private final byte[] colours = new byte[3 * SIZE];

    Palette() {
        int stop = 0;
        for (int i = 0; i < SIZE; i++) {
            double position = (double) i / SIZE;
            while (STOPS[stop + 1][0] <= position) {
                stop++;
            }
            double[] low = STOPS[stop];
            double[] high = STOPS[stop + 1];
            double share = smooth((position - low[0]) / (high[0] - low[0]));
            for (int channel = 1; channel <= 3; channel++) {
                colours[3 * i + channel - 1] = (byte) (low[channel] + share * (high[channel] - low[channel]) + 0.5);
            }
        }
    }

    /** Writes the colour of an escape time as three bytes. */
    void put(double escapeTime, byte[] pixels, int at) {
        int index = (int) (PACE * Math.sqrt(Math.max(0, escapeTime))) % SIZE;
        System.arraycopy(colours, 3 * index, pixels, at, 3);
    }

    private static double smooth(double share) {
        return share * share * (3 - 2 * share);
    }
}
