package dev.nftrefresh.api;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** The API key in a secret of AWS Secrets Manager, as plain text or as {@code {"api_key": "…"}}. */
public final class SecretsManagerApiKey implements ApiKeySource {
    private final SecretsManagerClient secrets;
    private final String arn;
    private volatile @Nullable String kept;
    private volatile long reads;
    private @Nullable ApiKeyUnavailable failure;

    /** The key in this secret, read when it is first needed. */
    public SecretsManagerApiKey(SecretsManagerClient secrets, String arn) {
        this.secrets = secrets;
        this.arn = arn;
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
        String key = kept;
        boolean replacedMeanwhile = key != null && !key.equals(refused);
        return replacedMeanwhile || !readAfter(seen).equals(refused);
    }

    /** Reads, unless another thread did while this one waited for it: then what came of that holds for both. */
    private synchronized String readAfter(long seen) {
        if (reads == seen) {
            failure = null;
            try {
                kept = read();
            } catch (ApiKeyUnavailable unavailable) {
                failure = unavailable;
            }
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
                    "could not be read (" + code(failure) + "): see that it exists and that "
                            + "the function's role may call secretsmanager:GetSecretValue on it, and kms:Decrypt on its key",
                    failure);
        } catch (SdkException failure) {
            throw unavailable("could not be read: see that the function reaches AWS Secrets Manager", failure);
        }
        if (text == null) {
            throw unavailable("is binary: put the key into it as text", null);
        }
        String key = SecretText.key(text);
        if (key == null) {
            throw unavailable("is JSON without an api_key: put {\"api_key\": \"…\"} or the bare key into it", null);
        }
        if (key.isEmpty()) {
            throw unavailable("is empty: put the key into it", null);
        }
        if (!HeaderValue.isSendable(key)) {
            throw unavailable(
                    "holds a space, a line break or another character that no API key has: put the key into it anew",
                    null);
        }
        return key;
    }

    private static String code(AwsServiceException failure) {
        AwsErrorDetails details = failure.awsErrorDetails();
        return details == null ? "status " + failure.statusCode() : details.errorCode();
    }

    private ApiKeyUnavailable unavailable(String what, @Nullable Throwable cause) {
        return new ApiKeyUnavailable("The secret " + arn + " " + what + ".", cause);
    }
}
