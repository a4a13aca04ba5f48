package dev.nftrefresh.local.sqs;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import software.amazon.awssdk.auth.credentials.AwsCredentials;

/**
 * Lets only those requests pass that one pair of credentials signed, by AWS's Signature Version 4 in the header
 * {@code Authorization}. The secret itself never goes over the wire.
 */
final class SignatureVerifier {
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final Pattern AUTHORIZATION = Pattern.compile(
            ALGORITHM
                    + " Credential=([^/,\\s]+)/([0-9]{8}/[^/,\\s]+/[^/,\\s]+/aws4_request), ?SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final int DATE_LENGTH = 8;
    /** As long as AWS takes a request for: an older one may be somebody's recording. */
    private static final Duration MAX_CLOCK_DIFFERENCE = Duration.ofMinutes(15);

    private final AwsCredentials credentials;
    private final String region;
    private final InstantSource clock;

    SignatureVerifier(AwsCredentials credentials, String region, InstantSource clock) {
        this.credentials = credentials;
        this.region = region;
        this.clock = clock;
    }

    /**
     * Returns if the request is signed.
     *
     * @throws SqsErrorException with the status 403 and what SQS says, if it is not
     */
    void check(String method, URI target, Map<String, List<String>> headers, byte[] body) {
        Map<String, String> byName = new TreeMap<>();
        headers.forEach((name, values) -> byName.put(
                name.toLowerCase(Locale.ROOT),
                values.stream().map(SignatureVerifier::trimmed).collect(Collectors.joining(","))));
        String authorization = byName.get("authorization");
        if (authorization == null) {
            throw SqsErrorException.forbidden("MissingAuthenticationToken", "The request is not signed.");
        }
        Matcher matcher = AUTHORIZATION.matcher(authorization);
        if (!matcher.matches()) {
            throw SqsErrorException.forbidden(
                    "IncompleteSignature", "The header Authorization is not that of " + ALGORITHM + ".");
        }
        if (!same(matcher.group(1), credentials.accessKeyId())) {
            throw SqsErrorException.forbidden(
                    "InvalidClientTokenId", "The security token included in the request is invalid.");
        }
        String time = byName.getOrDefault("x-amz-date", "");
        String scope = matcher.group(2);
        checkTime(time);
        if (!scope.equals(time.substring(0, DATE_LENGTH) + "/" + region + "/sqs/aws4_request")) {
            throw mismatch("The signature is not for the service sqs in " + region + " on the day of X-Amz-Date.");
        }
        List<String> signed = Arrays.asList(matcher.group(3).split(";", -1));
        checkSigned(signed, byName);
        String request = String.join(
                "\n",
                method,
                target.getRawPath(),
                query(target),
                signed.stream()
                        .map(name -> name + ":" + byName.get(name) + "\n")
                        .collect(Collectors.joining()),
                matcher.group(3),
                hex(sha256(body)));
        String text = String.join("\n", ALGORITHM, time, scope, hex(sha256(bytes(request))));
        if (!same(matcher.group(4), hex(hmac(signingKey(scope), text)))) {
            throw mismatch("The request signature we calculated does not match the signature you provided.");
        }
    }

    private void checkTime(String time) {
        try {
            Duration apart = Duration.between(TIME.parse(time, Instant::from), clock.instant());
            if (apart.abs().compareTo(MAX_CLOCK_DIFFERENCE) > 0) {
                throw mismatch("Signature expired, or not yet valid: X-Amz-Date is " + time + ".");
            }
        } catch (DateTimeParseException _) {
            throw mismatch("X-Amz-Date is missing or no time.");
        }
    }

    /** What is not signed could have been altered: all that says what the request is has to be. */
    private static void checkSigned(List<String> signed, Map<String, String> headers) {
        var missing = new TreeSet<>(headers.keySet());
        missing.removeIf(name -> !name.equals("host") && !name.startsWith("x-amz-"));
        signed.forEach(missing::remove);
        if (!signed.contains("host") || !missing.isEmpty() || !headers.keySet().containsAll(signed)) {
            throw mismatch("The signed headers have to be there, with Host and all X-Amz- headers among them.");
        }
    }

    private static String query(URI target) {
        String query = target.getRawQuery();
        return query == null
                ? ""
                : Arrays.stream(query.split("&", -1))
                        .map(part -> part.contains("=") ? part : part + "=")
                        .sorted()
                        .collect(Collectors.joining("&"));
    }

    private byte[] signingKey(String scope) {
        byte[] key = bytes("AWS4" + credentials.secretAccessKey());
        for (String part : scope.split("/", -1)) {
            key = hmac(key, part);
        }
        return key;
    }

    private static String trimmed(String value) {
        return value.strip().replaceAll(" +", " ");
    }

    /** In constant time, so that the time does not reveal how much of it is right. */
    private static boolean same(String given, String expected) {
        return MessageDigest.isEqual(bytes(given), bytes(expected));
    }

    private static SqsErrorException mismatch(String message) {
        return SqsErrorException.forbidden("SignatureDoesNotMatch", message);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK lacks SHA-256, which every JDK must have.", e);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(bytes(text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK lacks HmacSHA256, which every JDK must have.", e);
        }
    }
}
