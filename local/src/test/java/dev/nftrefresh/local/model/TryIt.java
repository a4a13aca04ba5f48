package dev.nftrefresh.local.model;

import dev.nftrefresh.local.api.ModelApi;
import dev.nftrefresh.local.api.QuotaUnit;
import dev.nftrefresh.local.api.Refill;
import dev.nftrefresh.local.api.StandInSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TryIt {
    private static final Duration LATENCY = Duration.ofMillis(300);

    private static String env(String name, String otherwise) {
        return System.getenv().getOrDefault("M_" + name, otherwise);
    }

    @Test
    @org.junit.jupiter.api.Timeout(600)
    void backlog() {
        long limit = Long.parseLong(env("limit", "60"));
        double windows = Double.parseDouble(env("windows", "3.5"));
        for (QuotaUnit unit : QuotaUnit.values()) {
            for (Refill refill : Refill.values()) {
                if (!(refill + " " + unit).matches(env("only", ".*"))) {
                    continue;
                }
                for (boolean naive : new boolean[] {false, true}) {
                    if (naive && !Boolean.parseBoolean(env("naive", "false"))) {
                        continue;
                    }
                    long begin = System.nanoTime();
                    long units = unit == QuotaUnit.TOKEN ? limit * 250 : limit;
                    var scenario = Scenario.of(
                            Integer.parseInt(env("copies", "4")),
                            new StandInSettings(units, Duration.ofHours(1), refill, unit, LATENCY));
                    var flow = new Flow(scenario, naive ? Variant.naive() : Variant.ours());
                    long messages = (long) (limit * 250 * (windows + (refill == Refill.STEADY ? 1 : 0)));
                    for (long i = 0; i < messages; i++) {
                        flow.sqs.send(Producer.message(i, 1, flow.time.now()));
                    }
                    Duration horizon = Duration.ofHours((long) windows);
                    Instant start = flow.time.now();
                    flow.runFor(horizon.minusSeconds(1));
                    List<ModelApi.Call> calls = List.copyOf(flow.api.calls());
                    long accepted =
                            calls.stream().filter(c -> c.status() == 202).count();
                    long tokens = calls.stream()
                            .filter(c -> c.status() == 202)
                            .mapToLong(ModelApi.Call::tokens)
                            .sum();
                    double allowed = limit * ((long) windows + (refill == Refill.STEADY ? 1 : 0));
                    double used = (unit == QuotaUnit.TOKEN ? tokens / 250.0 : accepted) / allowed;
                    long throttled =
                            calls.stream().filter(c -> c.status() == 429).count();
                    System.out.printf(
                            "XX %s %s %s: used %.1f %%, tokens/request %.1f, 429 %.2f %% of %d, receives so far %.2f most %d",
                            naive ? "naive" : "ours",
                            refill,
                            unit,
                            100 * used,
                            (double) tokens / accepted,
                            100.0 * throttled / calls.size(),
                            calls.size(),
                            flow.receivesPerMessage(),
                            flow.mostReceives());
                    if (!env("trace", "").isEmpty()) {
                        calls.stream()
                                .filter(c -> c.tokens() < 250
                                        || c.status() != 202
                                        || env("trace", "").equals("all"))
                                .limit(400)
                                .forEach(c -> System.out.println(
                                        "YY " + Duration.between(start, c.at()).toMillis() / 1000.0 + " " + c.tokens()
                                                + " " + c.status() + " " + c.remaining()));
                    }
                    flow.runUntil(flow::isDone);
                    System.out.printf(
                            "; done after %.2f h, receives %.2f most %d, requests %d, stale %d, real %.1f s%n",
                            Duration.between(start, flow.time.now()).toMillis() / 3.6e6,
                            flow.receivesPerMessage(),
                            flow.mostReceives(),
                            flow.api.calls().size(),
                            flow.api.stale(),
                            (System.nanoTime() - begin) / 1e9);
                }
            }
        }
    }
}
