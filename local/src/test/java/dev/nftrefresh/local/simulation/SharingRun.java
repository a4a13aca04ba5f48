package dev.nftrefresh.local.simulation;

import dev.nftrefresh.local.api.*;
import dev.nftrefresh.pacing.Lane;
import java.util.*;
import org.junit.jupiter.api.Test;

class SharingRun {
    @Test
    void run() {
        int windows = Integer.getInteger("windows", 3);
        for (Refill r : Refill.values())
            if (System.getProperty("refill", "window steady").contains(r.name().toLowerCase())) {
                var x = Simulation.of(
                        Scenarios.besideBulk(windows, 677, r, Lane.BULK, Integer.getInteger("copies", 2)),
                        Idea.OURS,
                        Integer.getInteger("seed", 1));
                System.out.println(Report.row(x).replaceAll("one update a second beside a bulk file of", ""));
                System.out.printf(
                        "  file done %.2f h; live p50 %d p95 %d p99 %d s; live receives %.2f/%d; bulk receives %.2f/%d; real %d s%n",
                        x.bulkDone().toSeconds() / 3600.0,
                        x.liveWait(.5).toSeconds(),
                        x.liveWait(.95).toSeconds(),
                        x.liveWait(.99).toSeconds(),
                        x.receives().perMessage(),
                        x.receives().most(),
                        x.bulkReceives().perMessage(),
                        x.bulkReceives().most(),
                        x.real().toSeconds());
            }
    }
}
