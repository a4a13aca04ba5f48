package dev.nftrefresh.local.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nftrefresh.local.SettableClock;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** Requests as AWS's own signer signs them, and what somebody could alter in them on the way. */
class SignatureVerifierTest {
    private static final Instant SIGNED = Instant.parse("2026-11-23T23:59:50Z");
    private static final URI TARGET = URI.create("http://127.0.0.1:4100/");
    private static final String BODY = "{\"MessageBody\":\"é\"}";

    private final SettableClock clock = new SettableClock(SIGNED);
    private final SignatureVerifier check =
            new SignatureVerifier(AwsBasicCredentials.create("AKIAEXAMPLE", "wJalrXUtnFEMI"), "us-east-1", clock);

    private Map<String, List<String>> signed(URI target, String region, String service) {
        SdkHttpRequest request = SdkHttpRequest.builder()
                .uri(target)
                .method(SdkHttpMethod.POST)
                .putHeader("Content-Type", "application/x-amz-json-1.0")
                .putHeader("X-Amz-Target", "AmazonSQS.SendMessage")
                .putHeader("X-Amz-Spaces", "  a   b ")
                .build();
        var headers = AwsV4HttpSigner.create()
                .sign(sign -> sign.identity(AwsCredentialsIdentity.create("AKIAEXAMPLE", "wJalrXUtnFEMI"))
                        .request(request)
                        .payload(ContentStreamProvider.fromUtf8String(BODY))
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                        .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(SIGNED, ZoneOffset.UTC)))
                .request()
                .headers();
        return new HashMap<>(headers);
    }

    private Map<String, List<String>> signed() {
        return signed(TARGET, "us-east-1", "sqs");
    }

    private void check(String method, URI target, Map<String, List<String>> headers, String body) {
        check.check(method, target, headers, body.getBytes(StandardCharsets.UTF_8));
    }

    private void refuses(String code, Map<String, List<String>> headers) {
        assertThatThrownBy(() -> check("POST", TARGET, headers, BODY))
                .isInstanceOfSatisfying(
                        SqsErrorException.class, e -> assertThat(e.code).isEqualTo(code));
    }

    @Test
    void acceptsRequestsSignedByTheAwsSigner() {
        assertThatCode(() -> check("POST", TARGET, signed(), BODY)).doesNotThrowAnyException();

        URI withQuery = URI.create("http://127.0.0.1:4100/?b=2&a=1&c");
        assertThatCode(() -> check("POST", withQuery, signed(withQuery, "us-east-1", "sqs"), BODY))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesAlteredRequests() {
        assertThatThrownBy(() -> check("POST", TARGET, signed(), BODY.replace("é", "e")))
                .hasMessageContaining("does not match");
        assertThatThrownBy(() -> check("PUT", TARGET, signed(), BODY)).hasMessageContaining("does not match");
        assertThatThrownBy(() -> check("POST", TARGET.resolve("/x"), signed(), BODY))
                .hasMessageContaining("does not match");
        var otherAction = signed();
        otherAction.put("X-Amz-Target", List.of("AmazonSQS.DeleteMessage"));
        refuses("SignatureDoesNotMatch", otherAction);
    }

    @Test
    void refusesAHeaderOfAmazonsThatIsNotSigned() {
        var headers = signed();
        headers.put("X-Amz-Security-Token", List.of("added"));

        refuses("SignatureDoesNotMatch", headers);
    }

    @Test
    void refusesRequestsSignedForAnotherServiceOrRegion() {
        refuses("SignatureDoesNotMatch", signed(TARGET, "us-east-1", "s3"));
        refuses("SignatureDoesNotMatch", signed(TARGET, "eu-west-1", "sqs"));
    }

    @Test
    void acceptsASignatureForAQuarterOfAnHourEitherWay() {
        var headers = signed();

        clock.advance(Duration.ofMinutes(15));
        assertThatCode(() -> check("POST", TARGET, headers, BODY)).doesNotThrowAnyException();
        clock.advance(Duration.ofSeconds(1));
        refuses("SignatureDoesNotMatch", headers);

        clock.advance(Duration.ofMinutes(-30).minusSeconds(1));
        assertThatCode(() -> check("POST", TARGET, headers, BODY)).doesNotThrowAnyException();
        clock.advance(Duration.ofSeconds(-1));
        refuses("SignatureDoesNotMatch", headers);
    }

    @Test
    void refusesRequestsWithoutASignature() {
        var headers = signed();
        headers.remove("Authorization");
        refuses("MissingAuthenticationToken", headers);

        headers.put("Authorization", List.of("Bearer token"));
        refuses("IncompleteSignature", headers);
    }
}
