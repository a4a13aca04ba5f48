package dev.nftrefresh.bulkload;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads S3's event notifications, in which keys are URL-encoded. */
final class S3NotificationReader {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final String EVENT = "Event";
    /** The depth of the values that are read; nothing of others is kept, however deep they are. */
    private static final Set<String> AROUND = Set.of("", "s3", "s3.bucket", "s3.object");

    private static final String TEST = "s3:TestEvent";
    private static final String CREATED = "ObjectCreated:";
    /** The version in notifications of buckets without versioning, or with suspended versioning. */
    private static final String NO_VERSION = "null";

    private final List<Map<String, String>> records = new ArrayList<>();
    private @Nullable String event;
    private boolean recordsSeen;

    private S3NotificationReader() {}

    /** Reads a message's body. */
    static S3Notification read(byte[] body) {
        var reader = new S3NotificationReader();
        try (JsonParser json = FACTORY.createParser(body)) {
            reader.read(json);
            return reader.notice();
        } catch (IOException | IllegalArgumentException _) {
            return unreadable("it is not JSON, or a key in it is not URL-encoded");
        }
    }

    private static S3Notification unreadable(String what) {
        return new S3Notification.Unreadable("The message is not a notification from S3: " + what
                + ". Only the bucket of bulk files may send to this queue; delete the message.");
    }

    private void read(JsonParser json) throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            return;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (name.equals("Records") && value == JsonToken.START_ARRAY) {
                recordsSeen = true;
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    var fields = new HashMap<String, String>();
                    flatten(json, "", fields);
                    records.add(fields);
                }
            } else {
                event = name.equals(EVENT) && value.isScalarValue() ? json.getText() : event;
                json.skipChildren();
            }
        }
    }

    /** Stores the scalars of the parser's current value under their paths, such as {@code s3.object.key}. */
    private static void flatten(JsonParser json, String path, Map<String, String> into) throws IOException {
        switch (json.currentToken()) {
            case START_OBJECT -> {
                if (!AROUND.contains(path)) {
                    json.skipChildren();
                    return;
                }
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    String name = json.currentName();
                    json.nextToken();
                    flatten(json, path.isEmpty() ? name : path + "." + name, into);
                }
            }
            case START_ARRAY -> json.skipChildren();
            case VALUE_NULL -> {}
            default -> into.put(path, json.getText());
        }
    }

    private S3Notification notice() {
        if (TEST.equals(event)) {
            return new S3Notification.FileUploads(List.of());
        }
        if (!recordsSeen) {
            return unreadable("it has no Records");
        }
        var uploads = new ArrayList<FileUpload>();
        for (Map<String, String> fields : records) {
            String event = fields.get("eventName");
            String bucket = fields.get("s3.bucket.name");
            String key = fields.get("s3.object.key");
            if (event == null || bucket == null || key == null) {
                return unreadable("a record in it has no eventName, s3.bucket.name or s3.object.key");
            }
            if (event.startsWith(CREATED)) {
                String version = fields.get("s3.object.versionId");
                String plainKey = URLDecoder.decode(key, StandardCharsets.UTF_8);
                uploads.add(upload(bucket, plainKey, version, fields));
            }
        }
        return new S3Notification.FileUploads(uploads);
    }

    private static FileUpload upload(String bucket, String key, @Nullable String version, Map<String, String> fields) {
        Instant notifiedAt = time(fields.get("eventTime"));
        if (version != null && !version.isEmpty() && !version.equals(NO_VERSION)) {
            return new FileUpload(new ObjectVersionId(bucket, key, version), version, notifiedAt);
        }
        String sequence = fields.getOrDefault("s3.object.sequencer", fields.getOrDefault("s3.object.eTag", ""));
        return new FileUpload(ObjectVersionId.newest(bucket, key), "sequencer-" + sequence, notifiedAt);
    }

    private static @Nullable Instant time(@Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException _) {
            return null;
        }
    }
}
