package dev.nftrefresh.local.api;

import java.util.Map;

/** What goes wrong with a request that conforms. */
public sealed interface Fault {
    /** This is answered, and nothing is taken or spent. */
    record Answer(int status, Map<String, String> headers, String body) implements Fault {}

    /**
     * The connection is closed without an answer.
     *
     * @param applied whether the request was taken, and spent from the quota, before
     */
    record Cut(boolean applied) implements Fault {}

    /**
     * The answer is a 202 that breaks off in the middle of its body.
     *
     * @param applied whether the request was taken, and spent from the quota, before
     */
    record BrokenOff(boolean applied) implements Fault {}

    /** There is no answer until the stand-in is closed, or {@link Faults#release()} closes the connection. */
    record Hang(boolean applied) implements Fault {}

    /** An error that is answered as Immutable writes it. */
    static Fault error(int status, String code) {
        return new Answer(
                status, Map.of("Content-Type", "application/json"), ErrorBody.of(code, "A fault that was asked for."));
    }

    static Fault validationError() {
        return error(400, ErrorBody.VALIDATION);
    }

    static Fault unauthorised() {
        return error(401, ErrorBody.UNAUTHORISED);
    }

    static Fault forbidden() {
        return error(403, "AUTHENTICATION_ERROR");
    }

    static Fault notFound() {
        return error(404, ErrorBody.NOT_FOUND);
    }

    static Fault serverError() {
        return error(500, "INTERNAL_SERVER_ERROR");
    }

    /** What a proxy answers that has no answer itself. */
    static Fault unavailable() {
        return new Answer(503, Map.of("Content-Type", "text/html"), "<html>Service Unavailable</html>");
    }

    /** From the limiter in front of the API: no {@code imx-*} header, and no wait. */
    static Fault throttledWithoutQuota() {
        return error(429, ErrorBody.THROTTLED);
    }

    /** Such as a captive portal's. */
    static Fault redirect(String location) {
        return new Answer(302, Map.of("Location", location), "");
    }

    static Fault notJson(int status) {
        return new Answer(status, Map.of("Content-Type", "text/plain"), "this is not JSON");
    }

    static Fault cut() {
        return new Cut(false);
    }

    static Fault hang() {
        return new Hang(false);
    }
}
