package dev.nftrefresh.local.simulation;

import dev.nftrefresh.local.api.QuotaRefill;
import dev.nftrefresh.local.api.StandInQuotaUnit;
import dev.nftrefresh.local.picture.BarPicture;
import dev.nftrefresh.local.picture.BarPicture.BarComparison;
import dev.nftrefresh.local.picture.BarPicture.ComparedBar;
import dev.nftrefresh.local.picture.LinePicture;
import dev.nftrefresh.local.picture.LinePicture.AxisTick;
import dev.nftrefresh.local.picture.LinePicture.DataPoint;
import dev.nftrefresh.local.picture.LinePicture.LinePanel;
import dev.nftrefresh.local.picture.LinePicture.PictureAxis;
import dev.nftrefresh.local.picture.LinePicture.PictureLine;
import dev.nftrefresh.local.picture.PictureSeries;
import dev.nftrefresh.local.simulation.RequestTimeline.TimelineMinute;
import dev.nftrefresh.local.simulation.SimulationSeries.RunName;
import dev.nftrefresh.ratelimit.UpdateLane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Draws the pictures of the README and of the page out of its table and of the series beside it. */
final class SimulationPictures {
    private static final String WAITS = "wait median / p95 / p99";
    private static final PictureAxis SHARE = new PictureAxis(
            0,
            100,
            false,
            List.of(tick(0, "0 %"), tick(25, "25 %"), tick(50, "50 %"), tick(75, "75 %"), tick(100, "100 %")));
    private static final PictureAxis WAIT = new PictureAxis(
            1,
            36_000,
            true,
            List.of(
                    tick(1, "1 s"),
                    tick(10, "10 s"),
                    tick(60, "1 min"),
                    tick(600, "10 min"),
                    tick(3_600, "1 h"),
                    tick(36_000, "10 h")));

    private static final SimulationScenario BACKLOG = SimulationScenarios.backlog(
            3, SimulationScenarios.SEEN_LIMIT, QuotaRefill.STEADY, StandInQuotaUnit.REQUEST, 4);
    private static final SimulationScenario LONG_BACKLOG =
            SimulationScenarios.backlog(20, 60, QuotaRefill.WINDOW, StandInQuotaUnit.REQUEST, 2);
    private static final SimulationScenario STREAM =
            SimulationScenarios.stream(Duration.ofHours(3), SimulationScenarios.SEEN_LIMIT, QuotaRefill.WINDOW, 2);
    private static final SimulationScenario BESIDE_A_FILE =
            SimulationScenarios.besideBulk(3, SimulationScenarios.SEEN_LIMIT, QuotaRefill.WINDOW, UpdateLane.BULK, 2);
    private static final SimulationScenario CHAOS = SimulationScenarios.chaos(10_000, 20, FaultRates.CHAOS);

    private final SimulationTable table;
    private final Map<RunName, SimulationSeries> series;

    SimulationPictures(SimulationTable table, List<SimulationSeries> series) {
        this.table = table;
        this.series = series.stream().collect(Collectors.toMap(SimulationSeries::run, of -> of));
    }

    /** Each file's name and text. */
    Map<String, String> all() {
        return new TreeMap<>(Map.of(
                "difference.svg", difference(),
                "backlog.svg", backlog(),
                "quota.svg", quota(),
                "waits.svg", waits()));
    }

    private String difference() {
        return BarPicture.of(
                "What a naive function does, and what nft-refresh does",
                List.of(
                        comparison(
                                "Newer data overwritten by older",
                                "updates, of 10,000 tokens updated 5 times each in chaos",
                                CHAOS,
                                "stale overwrites",
                                0),
                        comparison(
                                "Requests refused with 429",
                                "of a backlog of three hours, steady refill",
                                BACKLOG,
                                "429",
                                0),
                        comparison(
                                "Wait of a live update beside a file",
                                "95 % waited no longer; the file takes three hours",
                                BESIDE_A_FILE,
                                WAITS,
                                1)));
    }

    private BarComparison comparison(String title, String note, SimulationScenario scenario, String column, int part) {
        return new BarComparison(
                title,
                note,
                Arrays.stream(PictureSeries.values())
                        .map(of -> new ComparedBar(of, part(table.figure(run(scenario, of), column), part)))
                        .toList());
    }

    private static String part(String figure, int part) {
        return figure.split(" / ", -1)[part];
    }

    private String backlog() {
        var waiting = new PictureAxis(0, 300_000, false, thousands(0, 100, 200, 300));
        var requests = new PictureAxis(0, 8_000, false, thousands(0, 2, 4, 6, 8));
        return LinePicture.of(
                "A backlog of twenty hours, and the requests that it takes",
                told(LONG_BACKLOG, "requests") + told(LONG_BACKLOG, "429") + told(LONG_BACKLOG, "hours"),
                List.of(
                        minutes("Updates that wait", LONG_BACKLOG, 300, waiting, TimelineMinute::waiting),
                        new LinePanel(
                                "Requests made so far",
                                shortened(LONG_BACKLOG),
                                "hours",
                                hours(LONG_BACKLOG, 300),
                                requests,
                                lines(of ->
                                        requestsSoFar(series(LONG_BACKLOG, of).minutes())))));
    }

    private static List<DataPoint> requestsSoFar(List<TimelineMinute> minutes) {
        var points = new ArrayList<DataPoint>();
        int sum = 0;
        for (TimelineMinute minute : minutes) {
            sum += minute.requests();
            points.add(new DataPoint(minute.minute(), sum));
        }
        return points;
    }

    private static List<AxisTick> thousands(int... thousands) {
        return Arrays.stream(thousands)
                .mapToObj(thousand -> tick(thousand * 1_000.0, thousand == 0 ? "0" : thousand + ",000"))
                .toList();
    }

    private String quota() {
        var left = new PictureAxis(0, 700, false, List.of(tick(0, "0"), tick(350, "350"), tick(677, "677")));
        var waiting = new PictureAxis(
                0, 1_500, false, List.of(tick(0, "0"), tick(500, "500"), tick(1_000, "1,000"), tick(1_500, "1,500")));
        return LinePicture.of(
                "The quota over the hour, with one update a second",
                told(STREAM, "requests") + told(STREAM, "429") + told(STREAM, WAITS),
                List.of(
                        minutes("Requests left of the quota", STREAM, 60, left, TimelineMinute::remaining),
                        minutes("Updates that wait", STREAM, 60, waiting, TimelineMinute::waiting)));
    }

    private String waits() {
        return LinePicture.of(
                "How long updates wait for acceptance",
                told(STREAM, WAITS) + told(BESIDE_A_FILE, WAITS) + told(CHAOS, WAITS),
                List.of(
                        waits("One update a second", "677 requests an hour, a window", STREAM),
                        waits(
                                "One update a second beside a file of three hours",
                                "677 requests an hour, a window",
                                BESIDE_A_FILE),
                        waits("In chaos", "10,000 tokens updated 5 times each", CHAOS)));
    }

    private LinePanel minutes(
            String title,
            SimulationScenario scenario,
            int minutesATick,
            PictureAxis y,
            ToDoubleFunction<TimelineMinute> figure) {
        return new LinePanel(
                title,
                shortened(scenario),
                "hours",
                hours(scenario, minutesATick),
                y,
                lines(of -> series(scenario, of).minutes().stream()
                        .filter(minute -> figure.applyAsDouble(minute) >= 0)
                        .map(minute -> new DataPoint(minute.minute(), figure.applyAsDouble(minute)))
                        .toList()));
    }

    /** As long as the longer of the two runs. */
    private PictureAxis hours(SimulationScenario scenario, int minutesATick) {
        int last = Arrays.stream(PictureSeries.values())
                .mapToInt(of -> series(scenario, of).minutes().size())
                .max()
                .orElse(minutesATick);
        List<AxisTick> ticks = IntStream.rangeClosed(0, last / minutesATick)
                .mapToObj(tick -> tick(tick * minutesATick, String.valueOf(tick * minutesATick / 60)))
                .toList();
        return new PictureAxis(0, last, false, ticks);
    }

    private LinePanel waits(String title, String note, SimulationScenario scenario) {
        return new LinePanel(
                title, "share of the updates; " + note, "accepted after so long", WAIT, SHARE, lines(of -> {
                    List<Long> waits = series(scenario, of).waits();
                    return IntStream.range(0, waits.size())
                            .mapToObj(i -> new DataPoint(waits.get(i) / 1_000.0, i + 1.0))
                            .toList();
                }));
    }

    private static List<PictureLine> lines(Function<PictureSeries, List<DataPoint>> points) {
        var lines = new ArrayList<PictureLine>();
        for (PictureSeries of : PictureSeries.values()) {
            lines.add(new PictureLine(of, points.apply(of)));
        }
        return lines;
    }

    private static String shortened(SimulationScenario scenario) {
        return scenario.name().replaceFirst(", [0-9]+ copies$", "");
    }

    /** A figure of both, as the table has it. */
    private String told(SimulationScenario scenario, String column) {
        return "%s, %s: naive %s, nft-refresh %s. "
                .formatted(
                        scenario.name(),
                        column,
                        table.figure(run(scenario, PictureSeries.NAIVE), column),
                        table.figure(run(scenario, PictureSeries.OURS), column));
    }

    private SimulationSeries series(SimulationScenario scenario, PictureSeries of) {
        SimulationSeries found = series.get(run(scenario, of));
        if (found == null) {
            throw new IllegalArgumentException("There is no series of " + run(scenario, of));
        }
        return found;
    }

    private static RunName run(SimulationScenario scenario, PictureSeries of) {
        return new RunName(scenario.name(), of == PictureSeries.NAIVE ? "naive" : "ours");
    }

    private static AxisTick tick(double value, String text) {
        return new AxisTick(value, text);
    }
}
