package dev.nftrefresh.operator;

import java.util.stream.Stream;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/** Travels with the SDK's exception, which does not say which call failed. */
final class FailedCall extends Exception {
    private static final long serialVersionUID = 1;

    private final String action;

    private FailedCall(String action) {
        super(action, null, false, false);
        this.action = action;
    }

    /** The right that the call needs which failed with this; a general word if it is not known. */
    static String action(Throwable failure) {
        return Stream.of(failure.getSuppressed())
                .filter(FailedCall.class::isInstance)
                .map(call -> ((FailedCall) call).action)
                .findFirst()
                .orElse("a call");
    }

    /**
     * Notes the call in its exception.
     *
     * @param service its prefix in IAM
     */
    record Interceptor(String service) implements ExecutionInterceptor {
        @Override
        public Throwable modifyException(Context.FailedExecution context, ExecutionAttributes attributes) {
            String operation = String.valueOf(attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME));
            context.exception().addSuppressed(new FailedCall(AwsAction.of(service, operation)));
            return context.exception();
        }
    }
}
