package dev.nftrefresh.telemetry;

/** One metric of a line. */
record EmfMetricValue(String title, double value, EmfMetricUnit unit) {}
