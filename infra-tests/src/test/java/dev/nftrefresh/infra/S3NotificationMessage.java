package dev.nftrefresh.infra;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Messages as S3 writes them, for tests that notify the loader themselves. */
final class S3NotificationMessage {
    private S3NotificationMessage() {}

    /** An object was uploaded. */
    static String upload(String bucket, String key, String version) {
        // Unlike LocalStack, S3 writes + for a space.
        String encoded = URLEncoder.encode(key, StandardCharsets.UTF_8).replace("%2F", "/");
        return """
                {"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","awsRegion":"us-east-1",\
                "eventTime":"2026-11-23T10:00:00.000Z","eventName":"ObjectCreated:Put","s3":{"s3SchemaVersion":"1.0",\
                "configurationId":"1","bucket":{"name":"%1$s","arn":"arn:aws:s3:::%1$s"},\
                "object":{"key":"%2$s","size":1,"versionId":"%3$s","sequencer":"0A1B2C3D4E5F678901"}}}]}""".formatted(bucket, encoded, version);
    }

    /** Somebody set the bucket's notification. */
    static String testEvent(String bucket) {
        return """
                {"Service":"Amazon S3","Event":"s3:TestEvent","Time":"2026-11-23T10:00:00.000Z","Bucket":"%s",\
                "RequestId":"5582815E1AEA5ADF","HostId":"8cLeGAmw098X5cv4Zkwcmo8vvZa3eH3e"}""".formatted(bucket);
    }
}
