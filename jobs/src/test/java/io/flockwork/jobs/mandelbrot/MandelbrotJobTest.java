package io.flockwork.jobs.mandelbrot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.jobs.LocalJob;
import io.flockwork.sdk.model.Recipe;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The picture is a PNG that others can read, with the units' pixels in their places. */
class MandelbrotJobTest {
    private static final int WIDTH = 301;
    private static final int HEIGHT = 201;

    private final LocalJob job = LocalJob.of(
            "mandelbrot", Map.of("width", "" + WIDTH, "height", "" + HEIGHT, "x", "-0.5", "size", "3", "depth", "300"));

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100, 201})
    void thePngHasTheUnitsPixelsWhateverTheUnits(int rowsPerUnit) throws Exception {
        byte[] pixels = job.compute(0, HEIGHT);
        List<byte[]> units = new ArrayList<>();
        for (int row = 0; row < HEIGHT; row += rowsPerUnit) {
            units.add(job.compute(row, Math.min(HEIGHT, row + rowsPerUnit)));
        }
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(job.combine(units)));
        byte[] decoded = new byte[pixels.length];
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            int rgb = picture.getRGB(i % WIDTH, i / WIDTH);
            decoded[3 * i] = (byte) (rgb >> 16);
            decoded[3 * i + 1] = (byte) (rgb >> 8);
            decoded[3 * i + 2] = (byte) rgb;
        }
        assertEquals(HEIGHT, picture.getHeight());
        assertArrayEquals(pixels, decoded);
    }

    @Test
    void theSetIsBlackItsSurroundingsAreNotAndTheRealAxisMirrors() throws Exception {
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(job.combine(List.of(job.compute(0, HEIGHT)))));
        int black = 0xff000000;
        assertEquals(black, at(picture, 0, 0));
        assertEquals(black, at(picture, -1, 0));
        assertEquals(black, at(picture, -0.1, 0.75)); // the bulb of period 3, which no formula short-cuts
        assertTrue(at(picture, 0.9, 0) != black);
        assertTrue(at(picture, -1.9, 0.5) != black);
        for (int x = 0; x < WIDTH; x++) {
            assertEquals(picture.getRGB(x, 10), picture.getRGB(x, HEIGHT - 11));
        }
    }

    @Test
    void aHugePictureIsCutSoThatNoUnitsResultIsLarge() {
        Recipe.Range range = (Recipe.Range) LocalJob.of("mandelbrot", Map.of("width", "10000", "height", "10000"))
                .recipe();
        assertTrue(range.step() > 0 && range.step() * 30_000 < 4 << 20, range::toString);
        assertEquals(new Recipe.Range(0, HEIGHT, 0), job.recipe());
    }

    @ParameterizedTest
    @CsvSource({"width, 0", "height, 1e6", "size, 0", "size, -1", "size, NaN", "x, 1e300", "y, left", "depth, 1e9"})
    void aBadParameterIsNamed(String name, String value) {
        LocalJob bad = LocalJob.of("mandelbrot", Map.of(name, value));
        String message =
                assertThrows(IllegalArgumentException.class, bad::recipe).getMessage();
        assertTrue(message.startsWith(name + "=" + value), message);
    }

    @Test
    void tooManyPixelsOrMissingRowsAreRefused() throws Exception {
        LocalJob huge = LocalJob.of("mandelbrot", Map.of("width", "100000", "height", "100000"));
        assertThrows(IllegalArgumentException.class, huge::recipe);
        assertThrows(IllegalArgumentException.class, () -> job.recipe(new Recipe.Range(0, 1)));
        byte[] row = job.compute(0, 1);
        assertThrows(IllegalArgumentException.class, () -> job.combine(List.of(row)));
        assertThrows(IllegalArgumentException.class, () -> job.combine(List.of(new byte[row.length - 1])));
        byte[] all = job.compute(0, HEIGHT);
        assertThrows(IllegalArgumentException.class, () -> job.combine(List.of(all, row)));
    }

    private static int at(BufferedImage picture, double real, double imaginary) {
        double perPixel = 3.0 / WIDTH;
        return picture.getRGB(
                (int) (WIDTH / 2.0 + (real + 0.5) / perPixel), (int) (HEIGHT / 2.0 - imaginary / perPixel));
    }
}
