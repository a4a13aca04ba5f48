package dev.nftrefresh.local.simulation;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/**
 * Draws the pictures again, out of the figures that lie in {@code docs/}. Its name keeps it out of the build, as {@link
 * SimulationReport}'s does, which draws them too.
 */
class PictureReport {
    @Test
    void draw() throws IOException {
        SimulationFiles.draw();
    }
}
