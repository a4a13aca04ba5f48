package dev.nftrefresh.infra;

import dev.nftrefresh.infra.DeploymentArtefact.FunctionZips;
import dev.nftrefresh.local.api.StandInRefreshApi;
import dev.nftrefresh.local.api.StandInSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** Deploys the template to the one LocalStack of the run. */
final class StackDeployer implements AutoCloseable {
    private final LocalStackAccount cloud;
    private final FunctionZips zips;
    private final String template;

    StackDeployer(LocalStackAccount cloud, FunctionZips zips) {
        this.cloud = cloud;
        this.zips = zips;
        template = cloud.uploadTemplate(
                DeploymentArtefact.template(cloud.upload(zips.refresh()), cloud.upload(zips.bulkLoad())));
    }

    LocalStackAccount cloud() {
        return cloud;
    }

    /** The refresh function as it is deployed. */
    Path zip() {
        return zips.refresh();
    }

    /** A sandbox with a stand-in for the API of its own, and the key in its secret. */
    StackDeployment sandbox(String name, Map<String, String> parameters) {
        StandInRefreshApi api = api();
        var all = new HashMap<>(parameters);
        all.put("EnvironmentName", "sandbox");
        all.put("ImmutableBaseUrl", fromContainers(api));
        // Five seconds for each event would be most of the run.
        all.putIfAbsent("BatchingWindowSeconds", "1");
        var deployment = new StackDeployment(begin(name, all).awaitDeployed(), api);
        deployment.rotateKeyTo("sk_imapik-" + name);
        return deployment;
    }

    /** Begins to deploy any stack of the template, with the defaults of the template for what is not given. */
    DeployedStack begin(String name, Map<String, String> parameters) {
        return DeployedStack.begin(cloud, name, template, parameters);
    }

    /** A stand-in that functions reach. */
    static StandInRefreshApi api() {
        try {
            StandInRefreshApi api = StandInRefreshApi.startForContainers(StandInSettings.UNLIMITED, Clock.systemUTC());
            api.record();
            return api;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The stand-in's address inside a function's container. */
    static String fromContainers(StandInRefreshApi api) {
        return "http://host.docker.internal:" + api.baseUrl().getPort();
    }

    @Override
    public void close() {
        cloud.close();
    }
}
