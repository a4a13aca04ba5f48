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
final class SharedStack implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(SharedStack.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == StackDeployer.class || type == StackDeployment.class || type == DynamoDbClient.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var store = context.getRoot().getStore(NAMESPACE);
        StackDeployer deployer = store.computeIfAbsent(StackDeployer.class, _ -> deployer(), StackDeployer.class);
        Class<?> type = parameter.getParameter().getType();
        if (type == DynamoDbClient.class) {
            return deployer.cloud().dynamoDb;
        }
        return type == StackDeployer.class
                ? deployer
                : store.computeIfAbsent(
                        StackDeployment.class,
                        _ -> deployer.sandbox("nft-refresh-sandbox", Map.of()),
                        StackDeployment.class);
    }

    private static StackDeployer deployer() {
        try {
            var zips = DeploymentArtefact.FunctionZips.in(Files.createTempDirectory("nft-refresh"));
            return new StackDeployer(LocalStackAccount.start(), zips);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
