package dev.nftrefresh.telemetry;

/** What a metric counts, as CloudWatch names it. */
enum EmfUnit {
    COUNT("Count"),
    SECONDS("Seconds");

    final String title;

    EmfUnit(String title) {
        this.title = title;
    }
}
