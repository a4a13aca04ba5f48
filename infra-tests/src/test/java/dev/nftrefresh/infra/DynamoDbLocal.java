package dev.nftrefresh.infra;

import com.amazonaws.services.dynamodbv2.local.main.ServerRunner;
import com.amazonaws.services.dynamodbv2.local.server.DynamoDBProxyServer;
import dev.nftrefresh.table.DynamoDbConnections;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** AWS's own DynamoDB for one machine, in this JVM; gives tests a client of it. */
public final class DynamoDbLocal implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(DynamoDbLocal.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == DynamoDbClient.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var store = context.getRoot().getStore(NAMESPACE);
        return store.computeIfAbsent(Server.class, _ -> Server.start(), Server.class).client;
    }

    /** A client of what listens there. */
    public static DynamoDbClient client(URI address, SdkHttpClient http) {
        return DynamoDbClient.builder()
                .endpointOverride(address)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .httpClient(http)
                .build();
    }

    private record Server(DynamoDBProxyServer server, DynamoDbClient client) implements AutoCloseable {
        static Server start() {
            try {
                int port;
                try (var free = new ServerSocket(0)) {
                    port = free.getLocalPort();
                }
                DynamoDBProxyServer server = ServerRunner.createServerFromCommandLineArgs(
                        new String[] {"-inMemory", "-port", String.valueOf(port), "-disableTelemetry"});
                server.start();
                DynamoDbClient client =
                        DynamoDbLocal.client(URI.create("http://127.0.0.1:" + port), DynamoDbConnections.client());
                return new Server(server, client);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            } catch (Exception e) {
                throw new IllegalStateException("DynamoDB Local did not start.", e);
            }
        }

        @Override
        public void close() {
            client.close();
            try {
                server.stop();
            } catch (Exception e) {
                throw new IllegalStateException("DynamoDB Local did not stop.", e);
            }
        }
    }
}
