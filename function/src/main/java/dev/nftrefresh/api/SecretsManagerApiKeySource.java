package dev.nftrefresh.api;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** The API key in a secret of AWS Secrets Manager, as plain text or as {@code {"api_key": "…"}}. */
public final class SecretsManagerApiKeySource implements ApiKeySource {
    /**
     * The shortest time between reads after a 403: for somebody else's collection, at most 12 reads an hour and copy.
     */
    private static final Duration FORBIDDEN_READS_APART = Duration.ofMinutes(5);

    private final SecretsManagerClient secrets;
    private final String arn;
    private final InstantSource clock;
    private volatile @Nullable String kept;
    private volatile long reads;
    private volatile @Nullable Instant lastRead;
    private @Nullable ApiKeyUnavailableException failure;

    /**
     * The key in this secret, read when it is first needed.
     *
     * @param clock that spaces the reads
     */
    public SecretsManagerApiKeySource(SecretsManagerClient secrets, String arn, InstantSource clock) {
        this.secrets = secrets;
        this.arn = arn;
        this.clock = clock;
    }

    @Override
    public String current() {
        long seen = reads;
        String key = kept;
        return key != null ? key : readAfter(seen);
    }

    @Override
    public boolean refresh(String refused) {
        long seen = reads;
        return isReplaced(refused) || !readAfter(seen).equals(refused);
    }

    @Override
    public boolean refreshAfterForbidden(String forbidden) {
        long seen = reads;
        return isReplaced(forbidden) || (!isReadLately() && !readAfter(seen).equals(forbidden));
    }

    private boolean isReadLately() {
        Instant last = lastRead;
        return last != null && clock.instant().isBefore(last.plus(FORBIDDEN_READS_APART));
    }

    private boolean isReplaced(String refused) {
        String key = kept;
        return key != null && !key.equals(refused);
    }

    /** Reads the key, unless another thread did while this one waited: then both use that result. */
    private synchronized String readAfter(long seen) {
        if (reads == seen) {
            failure = null;
            try {
                kept = read();
            } catch (ApiKeyUnavailableException unavailable) {
                failure = unavailable;
            }
            lastRead = clock.instant();
            reads = seen + 1;
        }
        if (failure != null) {
            throw failure;
        }
        return Objects.requireNonNull(kept);
    }

    private String read() {
        String text;
        try {
            text = secrets.getSecretValue(request -> request.secretId(arn)).secretString();
        } catch (AwsServiceException failure) {
            throw unavailable(
                    "could not be read (" + code(failure) + "): check that it exists and that "
                            + "the function's role may call secretsmanager:GetSecretValue on it, and kms:Decrypt on its key",
                    failure);
        } catch (SdkException failure) {
            throw unavailable("could not be read: check that the function reaches AWS Secrets Manager", failure);
        }
        if (text == null) {
            throw unavailable("is binary: put the key into it as text", null);
        }
        String key = ApiKeySecretParser.key(text);
        if (key == null) {
            throw unavailable("is JSON without an api_key: put {\"api_key\": \"…\"} or the bare key into it", null);
        }
        if (key.isEmpty()) {
            throw unavailable("is empty: put the key into it", null);
        }
        if (!HeaderValueCheck.isSendable(key)) {
            throw unavailable(
                    "holds a space, a line break or another character that no API key has: put the key into it again",
                    null);
        }
        return key;
    }

    private static String code(AwsServiceException failure) {
        AwsErrorDetails details = failure.awsErrorDetails();
        return details == null ? "status " + failure.statusCode() : details.errorCode();
    }

    private ApiKeyUnavailableException unavailable(String what, @Nullable Throwable cause) {
        return new ApiKeyUnavailableException("The secret " + arn + " " + what + ".", cause);
    }
}
