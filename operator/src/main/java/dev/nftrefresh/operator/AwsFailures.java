package dev.nftrefresh.operator;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** Says in one sentence why a call of AWS failed, and which right or setting is missing. */
final class AwsFailures {
    private static final int FORBIDDEN = 403;

    private static final Set<String> BAD_CREDENTIALS = Set.of(
            "ExpiredToken",
            "ExpiredTokenException",
            "IncompleteSignature",
            "InvalidAccessKeyId",
            "InvalidClientTokenId",
            "InvalidSignatureException",
            "InvalidToken",
            "MissingAuthenticationToken",
            "MissingAuthenticationTokenException",
            "RequestExpired",
            "SignatureDoesNotMatch",
            "UnrecognizedClientException");

    private static final Pattern NAMED_RIGHT =
            Pattern.compile("not authorized to perform: ([a-z0-9-]{1,40}:[A-Za-z]{1,80})");

    private AwsFailures() {}

    static OperatorException of(SdkException failure) {
        String action = FailedCall.action(failure);
        return failure instanceof AwsServiceException answer
                ? answered(action, answer)
                : new OperatorException(
                        "AWS did not answer %s (%s): check the network, the region and AWS_ENDPOINT_URL, and try again."
                                .formatted(action, withoutStop(withoutAttempts(String.valueOf(failure.getMessage())))),
                        failure);
    }

    private static OperatorException answered(String action, AwsServiceException answer) {
        String code = code(answer);
        if (BAD_CREDENTIALS.contains(code)) {
            return new OperatorException(
                    "AWS does not take these credentials (%s: %s): sign in again, or set AWS_PROFILE to another profile."
                            .formatted(code, reason(answer)),
                    answer);
        }
        if (answer.isThrottlingException()) {
            return new OperatorException(
                    "AWS throttled %s, and trying again did not help: wait a minute, then repeat the command."
                            .formatted(action),
                    answer);
        }
        if (answer.statusCode() == FORBIDDEN || code.startsWith("AccessDenied")) {
            return new OperatorException(
                    "You lack the right %s (%s): attach one of the stack's managed policies, OperatorReadPolicyArn to look or OperatorPolicyArn to act."
                            .formatted(missingRight(action, answer), reason(answer)),
                    answer);
        }
        return new OperatorException(
                "AWS refused %s (%s%s).".formatted(action, code.isEmpty() ? "" : code + ": ", reason(answer)), answer);
    }

    /** A call may need another right than its own, which the answer names then. */
    private static String missingRight(String action, AwsServiceException answer) {
        Matcher named = NAMED_RIGHT.matcher(reason(answer));
        return named.find() ? named.group(1) : action;
    }

    static String code(AwsServiceException answer) {
        return answer.awsErrorDetails() == null
                ? ""
                : String.valueOf(answer.awsErrorDetails().errorCode());
    }

    private static String reason(AwsServiceException answer) {
        String message = answer.awsErrorDetails() == null
                ? null
                : answer.awsErrorDetails().errorMessage();
        return withoutStop(message == null || message.isEmpty() ? "HTTP " + answer.statusCode() : message);
    }

    private static String withoutAttempts(String message) {
        return message.replaceFirst(" \\(SDK Attempt Count: [0-9]+\\)", "");
    }

    private static String withoutStop(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }
}
