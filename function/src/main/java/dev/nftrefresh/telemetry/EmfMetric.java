package dev.nftrefresh.telemetry;

/** The metrics of the function, under the names that alarms and the dashboard of the template use. */
enum EmfMetric {
    TOKENS_ACCEPTED("TokensAccepted", true),
    TOKENS_SUPERSEDED("TokensSuperseded", true),
    TOKENS_RETURNED("TokensReturned", true),
    TOKENS_REJECTED("TokensRejected", true),
    REQUESTS("Requests", true),
    REQUESTS_THROTTLED("RequestsThrottled", true),
    REQUESTS_FAILED("RequestsFailed", true),
    DEAD_LETTERS("DeadLetters", false),
    KEY_REFUSED("KeyRefused", false),
    KEY_UNAVAILABLE("KeyUnavailable", false),
    COLLECTION_REFUSED("CollectionRefused", false),
    REQUEST_REFUSED("RequestRefused", false),
    TABLE_UNAVAILABLE("TableUnavailable", false),
    QUOTA_LIMIT("QuotaLimit", EmfMetricUnit.COUNT, false, AggregationRule.LAST),
    QUOTA_REMAINING("QuotaRemaining", EmfMetricUnit.COUNT, false, AggregationRule.LEAST),
    OLDEST_UPDATE_AGE("OldestUpdateAgeSeconds", EmfMetricUnit.SECONDS, false, AggregationRule.MOST),
    OLDEST_BULK_UPDATE_AGE("OldestBulkUpdateAgeSeconds", EmfMetricUnit.SECONDS, false, AggregationRule.MOST);

    final String title;
    final EmfMetricUnit unit;
    /**
     * Whether a zero is written as well. An alarm that compares two metrics needs both; the others are seldom more than
     * zero, and CloudWatch asks money for each metric by the hours in which it was written.
     */
    final boolean evenZero;
    /** Makes one value of two that an invocation has. */
    final AggregationRule join;

    EmfMetric(String title, boolean evenZero) {
        this(title, EmfMetricUnit.COUNT, evenZero, AggregationRule.SUM);
    }

    EmfMetric(String title, EmfMetricUnit unit, boolean evenZero, AggregationRule join) {
        this.title = title;
        this.unit = unit;
        this.evenZero = evenZero;
        this.join = join;
    }

    /** How two values become one. */
    enum AggregationRule {
        SUM,
        LAST,
        LEAST,
        MOST;

        long of(long earlier, long later) {
            return switch (this) {
                case SUM -> earlier + later;
                case LAST -> later;
                case LEAST -> Math.min(earlier, later);
                case MOST -> Math.max(earlier, later);
            };
        }
    }
}
