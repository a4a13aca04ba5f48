package dev.nftrefresh.local.flow;

import dev.nftrefresh.local.sqs.LocalSqsQueues;
import java.net.URI;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsCredentials;

/**
 * What SQS clients of other processes need to use the refresh queue.
 *
 * @param endpoint what they call instead of AWS
 * @param queueUrl the refresh queue's address there
 * @param credentials what they sign with
 */
public record QueueAccess(URI endpoint, String queueUrl, AwsCredentials credentials) {
    /** As environment variables, a line each: those that the AWS SDKs know, and the README's for the queue. */
    public List<String> variables() {
        return List.of(
                "AWS_ENDPOINT_URL_SQS=" + endpoint,
                "REFRESH_QUEUE_URL=" + queueUrl,
                "AWS_REGION=" + LocalSqsQueues.REGION,
                "AWS_ACCESS_KEY_ID=" + credentials.accessKeyId(),
                "AWS_SECRET_ACCESS_KEY=" + credentials.secretAccessKey());
    }
}
