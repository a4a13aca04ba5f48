package dev.nftrefresh.bulkload;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Amazon S3. */
public final class S3ObjectStore implements ObjectStore {
    private static final String UPDATED_AT = "updated-at";
    private static final int NOT_FOUND = 404;
    /** The status for a delete marker that is requested by its version. */
    private static final int NOT_ALLOWED = 405;
    /** The status where nothing is at or after the first requested byte. */
    private static final int NO_SUCH_RANGE = 416;

    private final S3Client s3;
    private final String bucketOwner;

    /**
     * A store that uses this client.
     *
     * @param bucketOwner the buckets' account: S3 refuses a bucket of another one
     */
    public S3ObjectStore(S3Client s3, String bucketOwner) {
        this.s3 = s3;
        this.bucketOwner = bucketOwner;
    }

    @Override
    public @Nullable StoredObject open(ObjectVersionId id, long from) throws IOException {
        try {
            ResponseInputStream<GetObjectResponse> content = s3.getObject(get -> get.bucket(id.bucket())
                    .expectedBucketOwner(bucketOwner)
                    .key(id.key())
                    .versionId(id.version())
                    .range(from == 0 ? null : "bytes=" + from + "-"));
            GetObjectResponse answer = content.response();
            return stored(
                    new S3ContentStream(content),
                    from + answer.contentLength(),
                    answer.lastModified(),
                    answer.metadata());
        } catch (S3Exception e) {
            return switch (e.statusCode()) {
                case NOT_FOUND, NOT_ALLOWED -> null;
                case NO_SUCH_RANGE -> atItsEnd(id);
                default -> throw unavailable("read", id, e);
            };
        } catch (SdkException e) {
            throw unavailable("read", id, e);
        }
    }

    private @Nullable StoredObject atItsEnd(ObjectVersionId id) throws IOException {
        HeadObjectResponse head = head(id);
        return head == null
                ? null
                : stored(InputStream.nullInputStream(), head.contentLength(), head.lastModified(), head.metadata());
    }

    private static StoredObject stored(InputStream content, long size, Instant modified, Map<String, String> metadata) {
        return new StoredObject(content, size, modified, metadata.get(UPDATED_AT));
    }

    @Override
    public VersionState state(ObjectVersionId id) throws IOException {
        HeadObjectResponse head = head(ObjectVersionId.newest(id.bucket(), id.key()));
        if (head == null) {
            return VersionState.DELETED;
        }
        return id.version() == null || id.version().equals(head.versionId())
                ? VersionState.NEWEST
                : VersionState.REPLACED;
    }

    private @Nullable HeadObjectResponse head(ObjectVersionId id) throws IOException {
        try {
            return s3.headObject(head -> head.bucket(id.bucket())
                    .expectedBucketOwner(bucketOwner)
                    .key(id.key())
                    .versionId(id.version()));
        } catch (S3Exception e) {
            if (e.statusCode() == NOT_FOUND || e.statusCode() == NOT_ALLOWED) {
                return null;
            }
            throw unavailable("looked at", id, e);
        } catch (SdkException e) {
            throw unavailable("looked at", id, e);
        }
    }

    @Override
    public void put(String bucket, String key, ObjectContent content) throws IOException {
        ContentStreamProvider source = () -> open(content.source());
        try {
            s3.putObject(
                    put -> put.bucket(bucket)
                            .expectedBucketOwner(bucketOwner)
                            .key(key)
                            .contentType(content.type()),
                    RequestBody.fromContentProvider(source, content.length(), content.type()));
        } catch (SdkException e) {
            throw unavailable("written", ObjectVersionId.newest(bucket, key), e);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static InputStream open(ContentSource source) {
        try {
            return source.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void delete(String bucket, String key) throws IOException {
        try {
            s3.deleteObject(delete ->
                    delete.bucket(bucket).expectedBucketOwner(bucketOwner).key(key));
        } catch (SdkException e) {
            throw unavailable("deleted", ObjectVersionId.newest(bucket, key), e);
        }
    }

    private static ServiceUnavailableException unavailable(String deed, ObjectVersionId id, SdkException e) {
        return new ServiceUnavailableException("%s could not be %s: %s".formatted(id, deed, e.getMessage()), e);
    }
}
