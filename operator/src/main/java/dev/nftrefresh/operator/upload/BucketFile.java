package dev.nftrefresh.operator.upload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * A file in the stack's bucket.
 *
 * @param under its key without {@code incoming/}
 */
record BucketFile(S3Client s3, String bucket, String under) {
    /** S3 accepts 10,000 parts, so a file of 640 GB; each is sent again separately if its connection breaks. */
    private static final long PART_BYTES = 64L << 20;
    /** At a megabit a second. */
    private static final Duration PART_TIMEOUT = Duration.ofMinutes(10);

    String key() {
        return "incoming/" + under;
    }

    /**
     * Uploads it.
     *
     * @param updatedAt when the data was exported; null if not given
     * @param sent gets the number of uploaded bytes
     * @return the version that it became; null in a bucket without versions
     */
    @Nullable
    String upload(Path file, @Nullable String updatedAt, LongConsumer sent) throws IOException {
        Map<String, String> metadata = updatedAt == null ? Map.of() : Map.of("updated-at", updatedAt);
        long size = Files.size(file);
        if (size > PART_BYTES) {
            return uploadInParts(file, size, metadata, sent);
        }
        return s3.putObject(
                        put -> put.bucket(bucket)
                                .key(key())
                                .metadata(metadata)
                                .overrideConfiguration(call ->
                                        call.apiCallTimeout(PART_TIMEOUT).apiCallAttemptTimeout(PART_TIMEOUT)),
                        RequestBody.fromFile(file))
                .versionId();
    }

    private @Nullable String uploadInParts(Path file, long size, Map<String, String> metadata, LongConsumer sent) {
        String id = s3.createMultipartUpload(
                        create -> create.bucket(bucket).key(key()).metadata(metadata))
                .uploadId();
        try {
            var parts = new ArrayList<CompletedPart>();
            for (long from = 0; from < size; from += PART_BYTES) {
                parts.add(part(file, from, Math.min(PART_BYTES, size - from), id, parts.size() + 1));
                sent.accept(Math.min(from + PART_BYTES, size));
            }
            return complete(id, parts);
        } catch (RuntimeException e) {
            abort(id, e);
            throw e;
        }
    }

    /** Else the parts that are there would cost until somebody finds them. */
    private void abort(String id, RuntimeException cause) {
        try {
            s3.abortMultipartUpload(abort -> abort.bucket(bucket).key(key()).uploadId(id));
        } catch (RuntimeException e) {
            cause.addSuppressed(e);
        }
    }

    private CompletedPart part(Path file, long from, long bytes, String id, int number) {
        var body = RequestBody.fromContentProvider(
                () -> new FilePart(file, from, bytes), bytes, "application/octet-stream");
        String tag = s3.uploadPart(
                        part -> part.bucket(bucket)
                                .key(key())
                                .uploadId(id)
                                .partNumber(number)
                                .overrideConfiguration(call ->
                                        call.apiCallTimeout(PART_TIMEOUT).apiCallAttemptTimeout(PART_TIMEOUT)),
                        body)
                .eTag();
        return CompletedPart.builder().partNumber(number).eTag(tag).build();
    }

    private @Nullable String complete(String id, List<CompletedPart> parts) {
        return s3.completeMultipartUpload(complete -> complete.bucket(bucket)
                        .key(key())
                        .uploadId(id)
                        .multipartUpload(upload -> upload.parts(parts))
                        .overrideConfiguration(
                                call -> call.apiCallTimeout(PART_TIMEOUT).apiCallAttemptTimeout(PART_TIMEOUT)))
                .versionId();
    }

    /** The file's report; null if there is none. */
    @Nullable
    FileReport report() {
        return report("reports/" + under + ".report.json");
    }

    /** The report of a version that was replaced, next to the newer one's; null if there is none. */
    @Nullable
    FileReport reportOf(String version) {
        return report("reports/" + under + "." + version + ".report.json");
    }

    private @Nullable FileReport report(String key) {
        try {
            return FileReport.of(
                    s3.getObjectAsBytes(get -> get.bucket(bucket).key(key)).asUtf8String());
        } catch (NoSuchKeyException _) {
            return null;
        }
    }
}
