package dev.nftrefresh.infra;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Lambda's own log line at the end of an invocation. */
final class InvocationReport {
    private static final Pattern DURATION = Pattern.compile("^REPORT .*\tDuration: ([0-9.]+) ms");

    private InvocationReport() {}

    /** How long the invocations in these lines took. */
    static List<Duration> durations(Stream<String> log) {
        return log.map(DURATION::matcher)
                .<Duration>mapMulti((matcher, durations) -> {
                    if (matcher.find()) {
                        durations.accept(Duration.ofNanos((long) (Double.parseDouble(matcher.group(1)) * 1e6)));
                    }
                })
                .toList();
    }
}
