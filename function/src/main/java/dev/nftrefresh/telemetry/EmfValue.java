package dev.nftrefresh.telemetry;

import software.amazon.cloudwatchlogs.emf.model.Unit;

/** One metric of a line. */
record EmfValue(String title, double value, Unit unit) {}
