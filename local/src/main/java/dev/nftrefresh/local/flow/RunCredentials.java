package dev.nftrefresh.local.flow;

import java.security.SecureRandom;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;

/** Credentials that one run makes up, without which none of its ports answers. */
public final class RunCredentials {
    private static final String CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    /** As long as AWS's, at 5 bits a character: 80 bits of an id, which is no secret, and 200 of the secret. */
    private static final int ID_LENGTH = 16;

    private static final int SECRET_LENGTH = 40;
    private static final SecureRandom RANDOM = new SecureRandom();

    private RunCredentials() {}

    /** A key that the run's own stand-in for the API takes, and no other. */
    public static String apiKey() {
        return "sk_imapik-local-" + random(SECRET_LENGTH);
    }

    /** What SQS clients of other processes sign with. */
    static AwsCredentials ofSqs() {
        return AwsBasicCredentials.create("AKIA" + random(ID_LENGTH), random(SECRET_LENGTH));
    }

    private static String random(int length) {
        return RANDOM.ints(length, 0, CHARACTERS.length())
                .mapToObj(i -> String.valueOf(CHARACTERS.charAt(i)))
                .collect(Collectors.joining());
    }
}
