package dev.nftrefresh.operator;

import java.util.Map;

/** What IAM calls the right that a call needs, which is not always the name of the call. */
final class AwsAction {
    private static final Map<String, String> OTHER_NAMES = Map.ofEntries(
            Map.entry("sqs:SendMessageBatch", "sqs:SendMessage"),
            Map.entry("sqs:DeleteMessageBatch", "sqs:DeleteMessage"),
            Map.entry("sqs:ChangeMessageVisibilityBatch", "sqs:ChangeMessageVisibility"),
            Map.entry("s3:HeadObject", "s3:GetObject"),
            Map.entry("s3:HeadBucket", "s3:ListBucket"),
            Map.entry("s3:ListObjectsV2", "s3:ListBucket"),
            Map.entry("s3:ListObjectVersions", "s3:ListBucketVersions"),
            Map.entry("s3:CreateMultipartUpload", "s3:PutObject"),
            Map.entry("s3:UploadPart", "s3:PutObject"),
            Map.entry("s3:CompleteMultipartUpload", "s3:PutObject"));

    private AwsAction() {}

    /**
     * The right.
     *
     * @param service its prefix in IAM
     * @param operation the name of the call
     */
    static String of(String service, String operation) {
        String name = service + ":" + operation;
        return OTHER_NAMES.getOrDefault(name, name);
    }
}
