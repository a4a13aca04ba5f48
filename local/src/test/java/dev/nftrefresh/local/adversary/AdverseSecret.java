package dev.nftrefresh.local.adversary;

import dev.nftrefresh.local.virtualtime.VirtualTime;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;

/** The API's keys, which may be replaced, and the secret that learns of it later. */
final class AdverseSecret {
    private static final String MARK = "AdVeRsArY0123456789";
    private static final String OLD = "sk_imapik-" + MARK + "-one";
    private static final String NEW = "sk_imapik-" + MARK + "-two";

    private final VirtualTime time;
    private final @Nullable HistoryPeriod rotation;

    AdverseSecret(VirtualTime time, @Nullable HistoryPeriod rotation) {
        this.time = time;
        this.rotation = rotation;
    }

    /** Whether a text contains a key. */
    static boolean isIn(String text) {
        return text.contains(MARK);
    }

    boolean isValid(String key) {
        return key.equals(rotation == null || at().compareTo(rotation.from()) < 0 ? OLD : NEW);
    }

    private Duration at() {
        return Duration.between(VirtualTime.START, time.now());
    }

    /** What this copy calls. */
    SecretsManagerClient calledBy(CopyLife copy) {
        return new SecretsManagerClient() {
            @Override
            public GetSecretValueResponse getSecretValue(GetSecretValueRequest request) {
                copy.callsSecret();
                boolean isOld = rotation == null || at().compareTo(rotation.end()) < 0;
                return GetSecretValueResponse.builder()
                        .secretString(isOld ? OLD : NEW)
                        .build();
            }

            @Override
            public String serviceName() {
                return "secretsmanager";
            }

            @Override
            public void close() {
                // There is nothing to close.
            }
        };
    }
}
