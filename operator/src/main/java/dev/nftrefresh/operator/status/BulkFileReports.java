package dev.nftrefresh.operator.status;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The reports of files that are not through yet. */
final class BulkFileReports {
    private static final String FOLDER = "reports/";
    private static final String ENDING = ".report.json";
    /** A message lives no longer, and so neither does a load. */
    private static final Duration MOST_AGE = Duration.ofDays(14);
    /** Each is a call; who loads more files at once sees the newest. */
    private static final int MOST_READ = 30;

    private static final JsonMapper MAPPER = new JsonMapper();

    private BulkFileReports() {}

    /**
     * What was found.
     *
     * @param unread reports that are as new and were left out
     */
    record Found(List<BulkFileStatus> files, long unread) {}

    static Found unfinished(S3Client s3, String bucket, Instant now) {
        List<S3Object> recent =
                s3.listObjectsV2Paginator(list -> list.bucket(bucket).prefix(FOLDER)).contents().stream()
                        .filter(object -> object.key().endsWith(ENDING))
                        .filter(object -> object.lastModified().isAfter(now.minus(MOST_AGE)))
                        .sorted(Comparator.comparing(S3Object::lastModified).reversed())
                        .toList();
        var files = new ArrayList<BulkFileStatus>();
        recent.stream()
                .limit(MOST_READ)
                .flatMap(object -> read(s3, bucket, object.key()))
                .forEach(files::add);
        return new Found(List.copyOf(files), Math.max(0, recent.size() - MOST_READ));
    }

    private static Stream<BulkFileStatus> read(S3Client s3, String bucket, String key) {
        try {
            String report =
                    s3.getObjectAsBytes(get -> get.bucket(bucket).key(key)).asUtf8String();
            BulkFileStatus file = unfinished(key.substring(FOLDER.length(), key.length() - ENDING.length()), report);
            return Stream.ofNullable(file);
        } catch (NoSuchKeyException _) {
            return Stream.empty(); // it expired meanwhile
        }
    }

    /** The file of this report; null if all of it is through, or the report cannot be read. */
    static @Nullable BulkFileStatus unfinished(String name, String text) {
        JsonNode report;
        try {
            report = MAPPER.readTree(text);
        } catch (JsonProcessingException _) {
            return null;
        }
        String status = report.path("status").asText();
        boolean isFollowed = report.has("tokens_accepted");
        boolean isUnsettled = isFollowed && report.path("settled_at").isMissingNode() && !status.isEmpty();
        if (!status.equals("running") && !isUnsettled) {
            return null;
        }
        long accepted = report.path("tokens_accepted").asLong();
        long settled = accepted
                + report.path("tokens_superseded").asLong()
                + report.path("tokens_dead_lettered").asLong();
        return new BulkFileStatus(
                name,
                status,
                report.path("tokens_queued").asLong(),
                report.path("tokens_rejected").asLong(),
                isFollowed ? (Long) accepted : null,
                isFollowed ? (Long) settled : null);
    }
}
