package dev.nftrefresh.table;

import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/**
 * Connections to the table that outlive a call. Claiming 250 tokens writes over 32 connections at once; the JDK keeps 5 of
 * them, for 5 seconds, and a copy would open some 30 to 60 new ones for each request that it sends.
 */
public final class DynamoDbConnections {
    private static final String IDLE_A_HOST = "http.maxConnections";
    /** At 677 requests an hour one goes each 5 seconds. DynamoDB itself does not say how long it keeps a connection. */
    private static final String IDLE_SECONDS = "http.keepAlive.time.server";

    private DynamoDbConnections() {}

    /**
     * A client whose connections are kept. The JDK reads these settings at its first connection, so this comes before
     * any other one; what was set by hand stays.
     */
    public static SdkHttpClient client() {
        System.getProperties().putIfAbsent(IDLE_A_HOST, "64");
        System.getProperties().putIfAbsent(IDLE_SECONDS, "30");
        return UrlConnectionHttpClient.create();
    }
}
