package dev.nftrefresh.infra;

import dev.nftrefresh.infra.Artefact.Zips;
import dev.nftrefresh.local.api.StandInApi;
import dev.nftrefresh.local.api.StandInSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** Deploys the template to the one LocalStack of the run. */
final class Deployer implements AutoCloseable {
    private final Cloud cloud;
    private final Zips zips;
    private final String template;

    Deployer(Cloud cloud, Zips zips) {
        this.cloud = cloud;
        this.zips = zips;
        template = cloud.uploadTemplate(Artefact.template(cloud.upload(zips.refresh()), cloud.upload(zips.bulkLoad())));
    }

    Cloud cloud() {
        return cloud;
    }

    /** The refresh function as it is deployed. */
    Path zip() {
        return zips.refresh();
    }

    /** A sandbox with a stand-in for the API of its own, and the key in its secret. */
    Deployment sandbox(String name, Map<String, String> parameters) {
        StandInApi api = api();
        var all = new HashMap<>(parameters);
        all.put("EnvironmentName", "sandbox");
        all.put("ImmutableBaseUrl", fromContainers(api));
        // Five seconds for each event would be most of the run.
        all.putIfAbsent("BatchingWindowSeconds", "1");
        var deployment = new Deployment(begin(name, all).awaitDeployed(), api);
        deployment.rotateKeyTo("sk_imapik-" + name);
        return deployment;
    }

    /** Begins to deploy any stack of the template, with the defaults of the template for what is not given. */
    Stack begin(String name, Map<String, String> parameters) {
        return Stack.begin(cloud, name, template, parameters);
    }

    /** A stand-in that functions reach. */
    static StandInApi api() {
        try {
            StandInApi api = StandInApi.startForContainers(StandInSettings.UNLIMITED, Clock.systemUTC());
            api.record();
            return api;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The stand-in's address inside a function's container. */
    static String fromContainers(StandInApi api) {
        return "http://host.docker.internal:" + api.baseUrl().getPort();
    }

    @Override
    public void close() {
        cloud.close();
    }
}
