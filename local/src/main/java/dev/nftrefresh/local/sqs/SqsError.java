package dev.nftrefresh.local.sqs;

/** What SQS answers to a call, or to one entry of a batch, that it does not take. */
final class SqsError extends RuntimeException {
    final String code;

    SqsError(String code, String message) {
        super(message);
        this.code = code;
    }

    static SqsError invalidParameter(String message) {
        return new SqsError("InvalidParameterValue", message);
    }
}
