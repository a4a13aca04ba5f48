package dev.nftrefresh.infra;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** One LocalStack, and one stack for most of the tests: made when first asked for, ended with the run. */
final class Shared implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(Shared.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == Deployer.class || type == Deployment.class || type == DynamoDbClient.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var store = context.getRoot().getStore(NAMESPACE);
        Deployer deployer = store.computeIfAbsent(Deployer.class, _ -> deployer(), Deployer.class);
        Class<?> type = parameter.getParameter().getType();
        if (type == DynamoDbClient.class) {
            return deployer.cloud().dynamoDb;
        }
        return type == Deployer.class
                ? deployer
                : store.computeIfAbsent(
                        Deployment.class, _ -> deployer.sandbox("nft-refresh-sandbox", Map.of()), Deployment.class);
    }

    private static Deployer deployer() {
        try {
            var zips = Artefact.Zips.in(Files.createTempDirectory("nft-refresh"));
            return new Deployer(Cloud.start(), zips);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
