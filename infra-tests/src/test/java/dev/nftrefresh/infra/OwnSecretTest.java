package dev.nftrefresh.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A stack that is given a secret of the studio's own, and the KMS key that encrypts it. */
@OnLocalStack
final class OwnSecretTest {
    /** No call is made with it: LocalStack does not check whether a secret may be decrypted. */
    private static final String KMS_KEY = "arn:aws:kms:us-east-1:000000000000:key/1234abcd-12ab-34cd-56ef-1234567890ab";

    private final StackDeployer deployer;

    OwnSecretTest(StackDeployer deployer) {
        this.deployer = deployer;
    }

    @Test
    void readsItsKeyMayReadNoOtherAndRetainsIt() {
        var cloud = deployer.cloud();
        String secret = cloud.secrets
                .createSecret(create -> create.name("studio/immutable").secretString("sk_imapik-before"))
                .arn();
        try (StackDeployment own =
                deployer.sandbox("own-secret", Map.of("ApiKeySecretArn", secret, "ApiKeySecretKmsKeyArn", KMS_KEY))) {
            assertThat(own.stack.output("ApiKeySecretArn")).isEqualTo(secret);
            assertThat(cloud.secrets.listSecrets().secretList())
                    .noneMatch(listed -> listed.name().startsWith("own-secret"));
            assertThat(PolicyStatement.ofRole(cloud.iam, own.stack.resource("RefreshFunctionRole")))
                    .contains(
                            PolicyStatement.allow(Set.of("secretsmanager:GetSecretValue"), secret),
                            PolicyStatement.allow(Set.of("kms:Decrypt"), KMS_KEY)
                                    .under("{\"StringEquals\":{\"kms:EncryptionContext:SecretARN\":\"" + secret
                                            + "\"}}"));
            List<String> ids = UpdateMessages.ids(14_000, 5);
            own.send(ids);
            own.awaitAccepted(ids);

            own.stack.delete();

            assertThat(cloud.secrets
                            .describeSecret(describe -> describe.secretId(secret))
                            .deletedDate())
                    .isNull();
        }
    }
}
