package dev.nftrefresh.telemetry;

/** What a metric counts, as CloudWatch names it. */
enum EmfMetricUnit {
    COUNT("Count"),
    SECONDS("Seconds");

    final String title;

    EmfMetricUnit(String title) {
        this.title = title;
    }
}
