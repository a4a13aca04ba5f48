package dev.nftrefresh.local.simulation;

import dev.nftrefresh.local.simulation.RequestTimeline.TimelineMinute;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What a table has no room for, of the runs that are compared: each minute, and how long the updates waited. Kept as numbers
 * beside the page, so that the pictures can be drawn again without the runs.
 *
 * @param run the scenario's name and the idea, as they begin the table's row
 * @param waits in milliseconds, the wait that 1 %, 2 % … 100 % of the updates did not exceed
 */
record SimulationSeries(RunName run, List<TimelineMinute> minutes, List<Long> waits) {
    private static final String RUN = "# ";
    private static final String BETWEEN = " | ";

    /** Which run it is of. */
    record RunName(String scenario, String idea) {}

    static SimulationSeries of(ScenarioRun run) {
        return new SimulationSeries(
                new RunName(run.scenario().name(), ReportTable.idea(run)),
                run.timeline().minutes(),
                IntStream.rangeClosed(1, 100)
                        .mapToObj(percent -> run.liveWait(percent / 100.0).toMillis())
                        .toList());
    }

    /** A line before those of each run names it. */
    static String minutesCsv(List<SimulationSeries> all) {
        return csv(
                "minute,requests,throttled,waiting,remaining",
                all,
                series -> series.minutes.stream()
                        .map(minute -> LongStream.of(
                                minute.minute(),
                                minute.requests(),
                                minute.throttled(),
                                minute.waiting(),
                                minute.remaining())));
    }

    static String waitsCsv(List<SimulationSeries> all) {
        return csv(
                "percent,milliseconds",
                all,
                series -> IntStream.range(0, series.waits.size())
                        .mapToObj(i -> LongStream.of(i + 1L, series.waits.get(i))));
    }

    private static String csv(
            String head, List<SimulationSeries> all, Function<SimulationSeries, Stream<LongStream>> rows) {
        var text = new StringBuilder(head).append('\n');
        for (SimulationSeries series : all) {
            text.append(RUN)
                    .append(series.run.scenario())
                    .append(BETWEEN)
                    .append(series.run.idea())
                    .append('\n');
            rows.apply(series)
                    .forEach(row -> text.append(row.mapToObj(String::valueOf).collect(Collectors.joining(",")))
                            .append('\n'));
        }
        return text.toString();
    }

    /** Reads what {@link #minutesCsv} and {@link #waitsCsv} wrote. */
    static List<SimulationSeries> read(String minutesCsv, String waitsCsv) {
        Map<RunName, List<long[]>> waits = rows(waitsCsv);
        var all = new ArrayList<SimulationSeries>();
        rows(minutesCsv)
                .forEach((run, rows) -> all.add(new SimulationSeries(
                        run,
                        rows.stream()
                                .map(row -> new TimelineMinute(
                                        (int) row[0], (int) row[1], (int) row[2], (int) row[3], row[4]))
                                .toList(),
                        waits.getOrDefault(run, List.of()).stream()
                                .map(row -> row[1])
                                .toList())));
        return all;
    }

    private static Map<RunName, List<long[]>> rows(String csv) {
        Map<RunName, List<long[]>> all = new LinkedHashMap<>();
        List<long[]> rows = new ArrayList<>();
        for (String line : csv.lines().skip(1).toList()) {
            if (line.startsWith(RUN)) {
                int between = line.lastIndexOf(BETWEEN);
                rows = new ArrayList<>();
                all.put(
                        new RunName(line.substring(RUN.length(), between), line.substring(between + BETWEEN.length())),
                        rows);
            } else {
                rows.add(Arrays.stream(line.split(","))
                        .mapToLong(Long::parseLong)
                        .toArray());
            }
        }
        return all;
    }
}
