package dev.nftrefresh.telemetry;

/** One metric of a line. */
record EmfValue(String title, double value, EmfUnit unit) {}
