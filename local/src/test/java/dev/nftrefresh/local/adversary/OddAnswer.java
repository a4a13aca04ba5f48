package dev.nftrefresh.local.adversary;

/** How a request is answered while something is wrong with the API or in front of it. */
enum OddAnswer {
    INTERNAL_ERROR(500),
    INTERNAL_ERROR_ALTHOUGH_APPLIED(500),
    INTERNAL_ERROR_APPLIED_A_MINUTE_LATE(500),
    BAD_GATEWAY(502),
    UNAVAILABLE(503),
    UNAVAILABLE_ALTHOUGH_APPLIED(503),
    NO_ANSWER(0),
    NO_ANSWER_ALTHOUGH_APPLIED(0),
    CUT_OFF_ALTHOUGH_APPLIED(0),
    APPLIED_A_MINUTE_LATE(0),
    FORBIDDEN(403),
    FORBIDDEN_BY_A_FIREWALL(403),
    UNKNOWN_COLLECTION(404),
    NOT_FOUND_PAGE(404),
    KEY_REFUSED(401),
    THROTTLED_IN_FRONT(429),
    EVERYTHING_REFUSED(400),
    BAD_REQUEST_WITHOUT_CODE(400),
    HTML_WITH_STATUS_200(200),
    REDIRECT(302);

    /** 0 if there is no answer. */
    final int status;

    OddAnswer(int status) {
        this.status = status;
    }

    /** Whether the work may be done all the same. */
    boolean isApplied() {
        return name().endsWith("_APPLIED") || isLate();
    }

    /** Whether it is applied after the answer, or after the caller stopped waiting for one. */
    boolean isLate() {
        return name().endsWith("APPLIED_A_MINUTE_LATE");
    }

    /** What its body has in {@code code}; empty if it is no answer of Immutable's. */
    String code() {
        return switch (this) {
            case FORBIDDEN -> "AUTHENTICATION_ERROR";
            case UNKNOWN_COLLECTION -> "RESOURCE_NOT_FOUND";
            case KEY_REFUSED -> "UNAUTHORISED_REQUEST";
            case EVERYTHING_REFUSED -> "VALIDATION_ERROR";
            case INTERNAL_ERROR, INTERNAL_ERROR_ALTHOUGH_APPLIED, INTERNAL_ERROR_APPLIED_A_MINUTE_LATE ->
                "INTERNAL_SERVER_ERROR";
            default -> "";
        };
    }
}
