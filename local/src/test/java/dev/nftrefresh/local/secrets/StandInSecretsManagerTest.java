package dev.nftrefresh.local.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;

class StandInSecretsManagerTest {
    private final StandInSecretsManager secrets = new StandInSecretsManager("{\"api_key\": \"sk_imapik-1\"}");
    private final SecretsManagerClient client = secrets.client();

    private String secret(String id) {
        return client.getSecretValue(call -> call.secretId(id)).secretString();
    }

    @Test
    void returnsTheSecretUnchangedAndTheNewOneAfterARotation() {
        assertThat(secret(secrets.arn())).isEqualTo("{\"api_key\": \"sk_imapik-1\"}");

        secrets.rotateTo("sk_imapik-2");

        assertThat(secret(secrets.arn())).isEqualTo("sk_imapik-2");
        assertThat(secrets.calls()).isEqualTo(2);
    }

    @Test
    void knowsNoOtherSecret() {
        assertThatThrownBy(() -> secret("another")).isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void failsWhenATestAsksForIt() {
        secrets.fail(true);

        assertThatThrownBy(() -> secret(secrets.arn()))
                .isInstanceOfSatisfying(
                        SecretsManagerException.class,
                        e -> assertThat(e.statusCode()).isEqualTo(500));
    }
}
