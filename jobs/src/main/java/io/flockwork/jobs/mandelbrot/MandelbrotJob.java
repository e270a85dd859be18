package io.flockwork.jobs.mandelbrot;

import io.flockwork.sdk.job.Combiner;
import io.flockwork.sdk.job.JobType;
import io.flockwork.sdk.job.Parameter;
import io.flockwork.sdk.job.Parameters;
import io.flockwork.sdk.job.UnitContext;
import io.flockwork.sdk.model.Recipe;
import java.util.List;
import java.util.Optional;

/**
 * {@code mandelbrot width= height= x= y= size= depth=}: a PNG of a region of the Mandelbrot set. A unit is a range of
 * the picture's rows, top first, its result their pixels: three bytes each, red, green, blue.
 */
public final class MandelbrotJob implements JobType {
    /** A unit's result stays well below the usual limit on output, however fast its worker. */
    private static final int MOST_UNIT_BYTES = 32 << 20;

    @Override
    public String name() {
        return "mandelbrot";
    }

    @Override
    public String description() {
        return "renders a region of the Mandelbrot set as a PNG";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.optional("width", "pixels", "1200"),
                Parameter.optional("height", "pixels", "800"),
                Parameter.optional("x", "real part of the middle", "-0.65"),
                Parameter.optional("y", "imaginary part of the middle", "0"),
                Parameter.optional("size", "width of the region in the complex plane", "3.6"),
                Parameter.optional("depth", "iterations until a point counts as inside", "1000"));
    }

    @Override
    public Recipe recipe(Parameters parameters, Optional<Recipe> given) {
        if (given.isPresent()) {
            throw new IllegalArgumentException("mandelbrot splits by its rows and takes no recipe");
        }
        Region region = Region.of(parameters);
        boolean fitsOneUnit = (long) region.height() * region.rowBytes() <= MOST_UNIT_BYTES;
        return new Recipe.Range(0, region.height(), fitsOneUnit ? 0 : MOST_UNIT_BYTES / 16 / region.rowBytes());
    }

    @Override
    public byte[] compute(UnitContext unit) {
        Region region = Region.of(unit.parameters());
        return new Renderer(region)
                .rows((int) unit.span().from(), (int) unit.span().to());
    }

    @Override
    public Optional<Combiner> combiner(Parameters parameters) {
        Region region = Region.of(parameters);
        return Optional.of(new PngOfRows(region.width(), region.height()));
    }
}
