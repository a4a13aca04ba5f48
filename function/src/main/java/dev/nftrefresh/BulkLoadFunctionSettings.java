package dev.nftrefresh;

import java.util.Map;

/**
 * What the stack sets for the loader of bulk files.
 *
 * @param environmentName {@code sandbox} or {@code production} ({@code ENVIRONMENT_NAME})
 * @param chainName the only chain this environment serves ({@code CHAIN_NAME})
 * @param bulkQueueUrl where the news of files comes from ({@code BULK_QUEUE_URL})
 * @param bulkRefreshQueueUrl where their messages go ({@code BULK_REFRESH_QUEUE_URL})
 * @param bulkSettlingQueueUrl where the news of loaded files waits until their tokens are settled
 *     ({@code BULK_SETTLING_QUEUE_URL})
 * @param tableName where their progress is kept ({@code TABLE_NAME})
 * @param functionName the dimension of its metrics ({@code AWS_LAMBDA_FUNCTION_NAME})
 */
public record BulkLoadFunctionSettings(
        String environmentName,
        String chainName,
        String bulkQueueUrl,
        String bulkRefreshQueueUrl,
        String bulkSettlingQueueUrl,
        String tableName,
        String functionName) {
    /**
     * Reads them.
     *
     * @param environment environment variables by name
     * @throws IllegalArgumentException with one sentence on the variable that is missing or wrong
     */
    public static BulkLoadFunctionSettings from(Map<String, String> environment) {
        var variables = new EnvironmentVariables(environment);
        return new BulkLoadFunctionSettings(
                variables.text("ENVIRONMENT_NAME"),
                variables.text("CHAIN_NAME"),
                variables.text("BULK_QUEUE_URL"),
                variables.text("BULK_REFRESH_QUEUE_URL"),
                variables.text("BULK_SETTLING_QUEUE_URL"),
                variables.text("TABLE_NAME"),
                variables.text("AWS_LAMBDA_FUNCTION_NAME"));
    }
}
