package dev.nftrefresh.infra;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The bucket of bulk files, as who uploads them sees it. Files are named by their keys under {@code incoming/}. */
record BulkBucket(S3Client s3, String name) {
    /** Where files of the collection of the tests belong. */
    static final String FOLDER = UpdateMessages.TESTNET + "/" + UpdateMessages.COLLECTION + "/";

    static BulkBucket of(DeployedStack stack) {
        return new BulkBucket(stack.cloud().s3, stack.output("BulkBucketName"));
    }

    /** Uploads a file, and says its version. */
    String upload(String file, String content) {
        return upload(file, content.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    String upload(String file, byte[] content, Map<String, String> metadata) {
        return s3.putObject(
                        put -> put.bucket(name).key("incoming/" + file).metadata(metadata),
                        RequestBody.fromBytes(content))
                .versionId();
    }

    /** Puts an object under its whole key. */
    void put(String key, String content) {
        s3.putObject(put -> put.bucket(name).key(key), RequestBody.fromString(content));
    }

    /** Waits until the load of this file has ended. */
    BulkReport awaitOutcome(String file) {
        return await("outcome of " + file)
                .atMost(Duration.ofMinutes(2))
                .ignoreException(NoSuchKeyException.class)
                .until(() -> BulkReport.of(report(file)), BulkReport::isOutcome);
    }

    /** As it is now. */
    JsonNode report(String file) {
        return JsonTexts.read(download("reports/" + file + ".report.json"));
    }

    String rejected(String file) {
        return download("reports/" + file + ".rejected.ndjson");
    }

    /** The keys of all reports, whatever they are of. */
    List<String> reports() {
        return s3.listObjectsV2Paginator(list -> list.bucket(name).prefix("reports/")).contents().stream()
                .map(S3Object::key)
                .filter(key -> key.endsWith(".report.json"))
                .toList();
    }

    private String download(String key) {
        try (var object = s3.getObject(get -> get.bucket(name).key(key))) {
            return new String(object.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
