package dev.nftrefresh.local.sqs;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.sqs.model.BatchEntryIdsNotDistinctException;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.SqsException;
import software.amazon.awssdk.services.sqs.model.TooManyEntriesInBatchRequestException;

/** What SQS answers to a call, or to one entry of a batch, that it does not take. */
final class SqsErrorException extends RuntimeException {
    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int FAILURE = 500;

    final String code;
    private final int status;

    SqsErrorException(String code, String message) {
        this(code, message, BAD_REQUEST);
    }

    private SqsErrorException(String code, String message, int status) {
        super(message);
        this.code = code;
        this.status = status;
    }

    static SqsErrorException invalidParameter(String message) {
        return new SqsErrorException("InvalidParameterValue", message);
    }

    static SqsErrorException forbidden(String code, String message) {
        return new SqsErrorException(code, message, FORBIDDEN);
    }

    /** A fault of SQS's own, which a test asked for. */
    static SqsErrorException internal() {
        return new SqsErrorException("InternalError", "A fault that a test asked for.", FAILURE);
    }

    /** What the SDK's client throws for this answer. */
    SqsException asException() {
        SqsException.Builder builder = switch (code) {
            case "BatchEntryIdsNotDistinct" -> BatchEntryIdsNotDistinctException.builder();
            case "QueueDoesNotExist" -> QueueDoesNotExistException.builder();
            case "TooManyEntriesInBatchRequest" -> TooManyEntriesInBatchRequestException.builder();
            default -> SqsException.builder();
        };
        String message = String.valueOf(getMessage());
        AwsErrorDetails details = AwsErrorDetails.builder()
                .serviceName("Sqs")
                .errorCode(code)
                .errorMessage(message)
                .build();
        return (SqsException) builder.message(message)
                .statusCode(status)
                .awsErrorDetails(details)
                .build();
    }
}
