package dev.nftrefresh.local.api;

import java.util.Map;

/** What goes wrong with a request that conforms. */
public sealed interface InjectedFault {
    /** This is answered, and nothing is taken or spent. */
    record ErrorResponse(int status, Map<String, String> headers, String body) implements InjectedFault {}

    /**
     * The connection is closed without an answer.
     *
     * @param applied whether the request was taken, and spent from the quota, before
     */
    record ConnectionClosed(boolean applied) implements InjectedFault {}

    /**
     * The answer is a 202 that breaks off in the middle of its body.
     *
     * @param applied whether the request was taken, and spent from the quota, before
     */
    record TruncatedResponse(boolean applied) implements InjectedFault {}

    /** There is no answer until the stand-in is closed, or {@link FaultInjector#release()} closes the connection. */
    record NoResponse(boolean applied) implements InjectedFault {}

    /** An error that is answered as Immutable writes it. */
    static InjectedFault error(int status, String code) {
        return new ErrorResponse(
                status,
                Map.of("Content-Type", "application/json"),
                ApiErrorBody.of(code, "A fault that was asked for."));
    }

    static InjectedFault validationError() {
        return error(400, ApiErrorBody.VALIDATION);
    }

    static InjectedFault unauthorised() {
        return error(401, ApiErrorBody.UNAUTHORISED);
    }

    static InjectedFault forbidden() {
        return error(403, "AUTHENTICATION_ERROR");
    }

    static InjectedFault notFound() {
        return error(404, ApiErrorBody.NOT_FOUND);
    }

    static InjectedFault serverError() {
        return error(500, "INTERNAL_SERVER_ERROR");
    }

    /** What a proxy answers that has no answer itself. */
    static InjectedFault unavailable() {
        return new ErrorResponse(503, Map.of("Content-Type", "text/html"), "<html>Service Unavailable</html>");
    }

    /** From the limiter in front of the API: no {@code imx-*} header, and no wait. */
    static InjectedFault throttledWithoutQuota() {
        return error(429, ApiErrorBody.THROTTLED);
    }

    /** Such as a captive portal's. */
    static InjectedFault redirect(String location) {
        return new ErrorResponse(302, Map.of("Location", location), "");
    }

    static InjectedFault notJson(int status) {
        return new ErrorResponse(status, Map.of("Content-Type", "text/plain"), "this is not JSON");
    }

    static InjectedFault cut() {
        return new ConnectionClosed(false);
    }

    static InjectedFault hang() {
        return new NoResponse(false);
    }
}
