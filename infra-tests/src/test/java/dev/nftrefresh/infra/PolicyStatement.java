package dev.nftrefresh.infra;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import software.amazon.awssdk.services.iam.IamClient;

/**
 * What one statement of a policy allows or denies.
 *
 * @param condition as JSON; empty if there is none
 */
record PolicyStatement(String effect, Set<String> actions, Set<String> resources, String condition) {
    static PolicyStatement allow(Set<String> actions, String... resources) {
        return new PolicyStatement("Allow", new TreeSet<>(actions), new TreeSet<>(List.of(resources)), "");
    }

    static PolicyStatement deny(Set<String> actions, String resource) {
        return new PolicyStatement("Deny", new TreeSet<>(actions), Set.of(resource), "");
    }

    PolicyStatement under(String withCondition) {
        return new PolicyStatement(effect, actions, resources, withCondition);
    }

    /** Those of a policy document, in URL encoding or without. */
    static List<PolicyStatement> of(String document) {
        return statements(document).map(PolicyStatement::of).toList();
    }

    /** Those that a role has by policies of its own. */
    static List<PolicyStatement> ofRole(IamClient iam, String role) {
        return iam.listRolePolicies(list -> list.roleName(role)).policyNames().stream()
                .map(policy -> iam.getRolePolicy(get -> get.roleName(role).policyName(policy))
                        .policyDocument())
                .flatMap(document -> of(document).stream())
                .toList();
    }

    static Stream<JsonNode> statements(String document) {
        JsonNode statement = JsonTexts.read(URLDecoder.decode(document, StandardCharsets.UTF_8))
                .required("Statement");
        return statement.isArray() ? statement.valueStream() : Stream.of(statement);
    }

    private static PolicyStatement of(JsonNode statement) {
        return new PolicyStatement(
                statement.required("Effect").asText(),
                texts(statement.required("Action")),
                texts(statement.required("Resource")),
                statement.has("Condition") ? statement.get("Condition").toString() : "");
    }

    private static Set<String> texts(JsonNode oneOrMany) {
        Stream<JsonNode> texts = oneOrMany.isArray() ? oneOrMany.valueStream() : Stream.of(oneOrMany);
        return new TreeSet<>(texts.map(JsonNode::asText).toList());
    }
}
