package dev.nftrefresh.template;

import static dev.nftrefresh.template.CloudFormationTemplate.get;
import static dev.nftrefresh.template.CloudFormationTemplate.list;
import static dev.nftrefresh.template.CloudFormationTemplate.map;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.BulkLoadFunctionSettings;
import dev.nftrefresh.RefreshFunctionSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.assertj.core.api.Assumptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CloudFormationTemplateTest {
    private static final List<String> SEND_TRACES = List.of("xray:PutTraceSegments", "xray:PutTelemetryRecords");

    private CloudFormationTemplate template = new CloudFormationTemplate(Map.of());

    /** {@code sam build} copies this module elsewhere, and the template stays where it is. */
    @BeforeEach
    void readTemplate() {
        Assumptions.assumeThat(CloudFormationTemplate.FILE).exists();
        template = CloudFormationTemplate.read();
    }

    /** Environment variables that a sandbox has, and the names of those that were asked for. */
    private static final class RecordedVariables extends HashMap<String, String> {
        private static final long serialVersionUID = 1;

        private final Set<String> names = new TreeSet<>();

        @Override
        public @Nullable String get(@Nullable Object name) {
            names.add(String.valueOf(name));
            return super.get(name);
        }

        @Override
        public String getOrDefault(@Nullable Object name, String unset) {
            names.add(String.valueOf(name));
            return super.getOrDefault(name, unset);
        }
    }

    @Test
    void theTemplateSetsWhatTheFunctionReadsAndNothingElse() {
        Map<String, Object> set =
                map(template.at("Resources", "RefreshFunction", "Properties", "Environment", "Variables"));
        var variables = new RecordedVariables();
        set.keySet().forEach(name -> variables.put(name, "1"));
        variables.put("ENVIRONMENT_NAME", "sandbox");
        variables.put("IMMUTABLE_BASE_URL", "https://api.example.com");
        variables.put("QUOTA_UNIT", "auto");
        variables.put("LATEST_WINS", "enabled");

        RefreshFunctionSettings.from(variables);

        assertThat(variables.names).isEqualTo(new TreeSet<>(set.keySet()));
    }

    @Test
    void theTemplateSetsWhatTheLoaderReadsAndNothingElse() {
        Map<String, Object> set =
                map(template.at("Resources", "BulkLoadFunction", "Properties", "Environment", "Variables"));
        var variables = new RecordedVariables();
        set.keySet().forEach(name -> variables.put(name, "1"));
        variables.put("AWS_LAMBDA_FUNCTION_NAME", "set by Lambda itself");

        BulkLoadFunctionSettings.from(variables);

        variables.names.remove("AWS_LAMBDA_FUNCTION_NAME");
        // The store of files reads it, which no loader off AWS has.
        variables.names.add("BUCKET_OWNER");
        assertThat(variables.names).isEqualTo(new TreeSet<>(set.keySet()));
    }

    @Test
    void productionAcceptsOnlyItsOwnAddress() {
        Map<String, Object> rule = map(template.at("Rules", "ProductionTalksToProductionOnly"));

        assertThat(rule.get("RuleCondition"))
                .isEqualTo(Map.of("!Equals", List.of(Map.of("!Ref", "EnvironmentName"), "production")));
        Object assertion = get(list(get(rule, "Assertions")).getFirst(), "Assert");
        assertThat(assertion)
                .isEqualTo(Map.of(
                        "!Contains",
                        List.of(List.of("", "https://api.immutable.com"), Map.of("!Ref", "ImmutableBaseUrl"))));
        assertThat(template.at("Mappings", "Environments", "production", "BaseUrl"))
                .isEqualTo("https://api.immutable.com");
    }

    @Test
    void aBatchAboveTenNeedsAWindow() {
        Map<String, Object> rule = map(template.at("Rules", "LargeBatchesNeedAWindow"));

        assertThat(rule.get("RuleCondition"))
                .isEqualTo(Map.of("!Equals", List.of(Map.of("!Ref", "BatchingWindowSeconds"), "0")));
        Object assertion = get(list(get(rule, "Assertions")).getFirst(), "Assert");
        assertThat(assertion)
                .isEqualTo(Map.of(
                        "!Contains",
                        List.of(
                                List.of("1", "2", "3", "4", "5", "6", "7", "8", "9", "10"),
                                Map.of("!Ref", "BatchSize"))));
    }

    @Test
    void eachEnvironmentHasItsOwnChain() {
        assertThat(template.at("Mappings", "Environments", "sandbox", "ChainName"))
                .isEqualTo("imtbl-zkevm-testnet");
        assertThat(template.at("Mappings", "Environments", "production", "ChainName"))
                .isEqualTo("imtbl-zkevm-mainnet");
    }

    @Test
    void aMessageStaysInvisibleForSixTimeoutsAndTheLongestWindow() {
        long timeout = template.number("Resources", "RefreshFunction", "Properties", "Timeout");
        long longestWindow = template.number("Parameters", "BatchingWindowSeconds", "MaxValue");

        assertThat(template.number("Mappings", "RefreshQueue", "VisibilityTimeout", "Seconds"))
                .isGreaterThanOrEqualTo(6 * timeout + longestWindow);
        assertThat(template.number("Mappings", "BulkQueue", "VisibilityTimeout", "Seconds"))
                .isGreaterThanOrEqualTo(6 * template.number("Resources", "BulkLoadFunction", "Properties", "Timeout"));
    }

    @Test
    void nothingExpiresBeforeTheFunctionRejectsIt() {
        for (String queue :
                List.of("RefreshQueue", "BulkRefreshQueue", "DeadLetterQueue", "BulkQueue", "BulkDeadLetterQueue")) {
            assertThat(template.number("Resources", queue, "Properties", "MessageRetentionPeriod"))
                    .isEqualTo(14 * 24 * 3600);
        }
        for (String queue : List.of("RefreshQueue", "BulkRefreshQueue")) {
            assertThat(template.number("Resources", queue, "Properties", "RedrivePolicy", "maxReceiveCount"))
                    .isGreaterThan(950);
        }
    }

    @Test
    void noRightIsGivenOnAllResources() {
        List<Map<String, Object>> allowing = statements(template.root())
                .filter(statement -> "Allow".equals(statement.get("Effect")))
                .toList();

        assertThat(allowing).hasSizeGreaterThanOrEqualTo(7);
        assertThat(allowing).allSatisfy(statement -> {
            assertThat(statement.get("Principal")).isNotEqualTo("*");
            for (Object action : list(get(statement, "Action"))) {
                assertThat(action.toString()).doesNotContain("*");
            }
            // Who may take on a role is asked without a resource.
            for (Object resource : list(statement.getOrDefault("Resource", ""))) {
                // Of the bucket's objects those of one folder each; the stack's id ends, and its alarms' names begin,
                // with what
                // CloudFormation made up.
                assertThat(resource.toString()
                                .replaceFirst("/(incoming|reports)/\\*}$", "}")
                                .replaceFirst("(:stack/\\$\\{AWS::StackName}/|:alarm:\\$\\{AWS::StackName}-)\\*}$", "}")
                                .replaceFirst(
                                        "^" + (isNarrowedByFunction(statement) ? ".*:event-source-mapping:" : "")
                                                + "\\*}?$",
                                        ""))
                        .satisfiesAnyOf(
                                narrowed -> assertThat(narrowed).doesNotContain("*"),
                                // CloudWatch knows no resource for reading metrics, nor X-Ray for traces.
                                _ -> assertThat(list(get(statement, "Action")))
                                        .isIn(List.of("cloudwatch:GetMetricData"), SEND_TRACES));
            }
        });
    }

    /** A mapping is named by chance, so a right on it is narrowed by its function. */
    private static boolean isNarrowedByFunction(Map<String, Object> statement) {
        return statement.containsKey("Condition")
                && statement.get("Condition").toString().contains("lambda:FunctionArn");
    }

    @ParameterizedTest
    @CsvSource({"RefreshFunction, RefreshFunctionRole", "BulkLoadFunction, BulkLoadFunctionRole"})
    void aFunctionMaySendTracesOnlyWhereTheParameterAsksForThem(String function, String role) {
        assertThat(template.at("Resources", function, "Properties", "Tracing")).isEqualTo(Map.of("!Ref", "Tracing"));
        assertThat(template.at("Parameters", "Tracing", "Default")).isEqualTo("PassThrough");
        assertThat(template.at("Conditions", "IsTraced"))
                .isEqualTo(Map.of("!Equals", List.of(Map.of("!Ref", "Tracing"), "Active")));

        List<Object> policies = List.copyOf(list(template.at("Resources", role, "Properties", "Policies")));
        List<Object> withRightsOnXRay = policies.stream()
                .filter(policy -> policy.toString().contains("xray:"))
                .toList();
        assertThat(withRightsOnXRay).singleElement().satisfies(policy -> {
            List<?> condition = list(get(policy, "!If"));
            assertThat(condition.getFirst()).isEqualTo("IsTraced");
            assertThat(condition.getLast()).isEqualTo(Map.of("!Ref", "AWS::NoValue"));
            assertThat(statements(condition.get(1)))
                    .singleElement()
                    .satisfies(statement -> assertThat(get(statement, "Action")).isEqualTo(SEND_TRACES));
        });
    }

    @Test
    void statementsForEverybodyOnlyRefuseUnencryptedCalls() {
        List<Map<String, Object>> denying = statements(template.root())
                .filter(statement -> "Deny".equals(statement.get("Effect")))
                .toList();

        assertThat(denying)
                .hasSize(8)
                .allSatisfy(statement -> assertThat(statement.get("Condition"))
                        .isEqualTo(Map.of("Bool", Map.of("aws:SecureTransport", "false"))));
    }

    @Test
    void eachQueueRefusesWhatComesWithoutTls() {
        Map<String, Object> resources = map(template.at("Resources"));
        List<String> queues = named(resources, "AWS::SQS::Queue");
        List<Object> guarded = named(resources, "AWS::SQS::QueuePolicy").stream()
                .flatMap(name -> list(template.at("Resources", name, "Properties", "Queues")).stream())
                .map(queue -> get(queue, "!Ref"))
                .toList();

        assertThat(queues).hasSize(6);
        assertThat(guarded).containsExactlyInAnyOrderElementsOf(queues);
    }

    private static List<String> named(Map<String, Object> resources, String type) {
        return resources.keySet().stream()
                .filter(name -> get(get(resources, name), "Type").equals(type))
                .toList();
    }

    /**
     * CloudFormation switches the event sources with the rights of whoever pauses, and a mapping has no name of its
     * own.
     */
    @Test
    void anOperatorMaySeeAndSwitchEachEventSource() {
        Map<String, Object> resources = map(template.at("Resources"));
        List<Object> functionsWithSources = named(resources, "AWS::Serverless::Function").stream()
                .filter(name ->
                        map(template.at("Resources", name, "Properties")).containsKey("Events"))
                .<Object>map(name -> Map.of("!GetAtt", name + ".Arn"))
                .toList();

        assertThat(functionsWithSources).hasSize(2);
        assertThat(resources.values())
                .as("mappings beside those of SAM")
                .noneMatch(resource -> get(resource, "Type").equals("AWS::Lambda::EventSourceMapping"));
        assertThat(functionsOfMappings("OperatorReadPolicy", "lambda:GetEventSourceMapping"))
                .containsExactlyInAnyOrderElementsOf(functionsWithSources);
        assertThat(functionsOfMappings("OperatorPolicy", "lambda:GetEventSourceMapping"))
                .containsExactlyInAnyOrderElementsOf(functionsWithSources);
        assertThat(functionsOfMappings("OperatorPolicy", "lambda:UpdateEventSourceMapping"))
                .containsExactlyInAnyOrderElementsOf(functionsWithSources);
    }

    private List<Object> functionsOfMappings(String policy, String action) {
        Map<String, Object> statement = allowing(policy, action);
        assertThat(get(statement, "Resource").toString()).endsWith(":event-source-mapping:*}");
        return List.copyOf(list(get(get(get(statement, "Condition"), "ArnEquals"), "lambda:FunctionArn")));
    }

    private Map<String, Object> allowing(String policy, String action) {
        List<Map<String, Object>> found = statements(template.at("Resources", policy))
                .filter(statement -> list(get(statement, "Action")).contains(action))
                .toList();
        assertThat(found).as(action + " in " + policy).hasSize(1);
        return found.getFirst();
    }

    /** A source that stays on while the stack is paused would keep spending the quota. */
    @Test
    void pausingSwitchesEachEventSource() {
        List<Object> sources = named(map(template.at("Resources")), "AWS::Serverless::Function").stream()
                .flatMap(name -> map(template.at("Resources", name, "Properties", "Events")).values().stream())
                .map(event -> get(event, "Properties"))
                .toList();

        assertThat(sources)
                .hasSize(4)
                .allSatisfy(source -> assertThat(get(source, "Enabled"))
                        .isEqualTo(Map.of("!If", List.of("IsProcessing", true, false))));
    }

    @Test
    void anOperatorUpdatesTheStackWithoutAnotherRoleOrATemplateFromElsewhere() {
        Map<String, Object> update = allowing("OperatorPolicy", "cloudformation:UpdateStack");

        assertThat(get(get(update, "Condition"), "Null"))
                .isEqualTo(Map.of(
                        "cloudformation:RoleArn", "true",
                        "cloudformation:TemplateUrl", "true",
                        "cloudformation:StackPolicyUrl", "true"));
    }

    @Test
    void eachAlarmLinksItsInstructionsNotifiesTheTopicAndDefinesMissingData() throws IOException {
        String operations = Files.readString(Path.of("..", "docs", "operations.md"));
        Map<String, Object> alarms = new HashMap<>(map(template.at("Resources")));
        alarms.values()
                .removeIf(resource ->
                        !"AWS::CloudWatch::Alarm".equals(map(resource).get("Type")));

        assertThat(alarms).hasSize(18).allSatisfy((name, alarm) -> {
            Map<String, Object> properties = map(get(alarm, "Properties"));
            String chapter = get(properties, "AlarmName")
                    .toString()
                    .replaceAll("^.*\\$\\{AWS::StackName}-", "")
                    .replace("}", "");
            assertThat(get(properties, "AlarmDescription").toString())
                    .contains("docs/operations.md, \"" + chapter + "\"");
            assertThat(operations)
                    .contains("\n### " + chapter + "\n")
                    .contains("\n| [" + chapter + "](#" + chapter + ") |");
            assertThat(properties.get("AlarmActions")).isEqualTo(List.of(Map.of("!Ref", "AlarmTopic")));
            assertThat(properties).containsKeys("TreatMissingData", "EvaluationPeriods");
        });
    }

    /** A wait of an hour, or of two after 429s; and a request, its answer and the gathering of an event. */
    @ParameterizedTest
    @CsvSource({
        "KeyRefusedAlarm, 65",
        "KeyUnavailableAlarm, 65",
        "CollectionRefusedAlarm, 65",
        "RequestRefusedAlarm, 65",
        "TableUnavailableAlarm, 65",
        "ThrottledAlarm, 125"
    })
    void anAlarmStaysOnFromOneTryToTheNextAndTurnsOnWithinAnHour(String alarm, long longestWaitMinutes) {
        Map<String, Object> properties = map(template.at("Resources", alarm, "Properties"));
        long period = Stream.concat(
                        Stream.of(properties),
                        list(properties.getOrDefault("Metrics", List.of())).stream()
                                .map(metric -> map(map(metric).getOrDefault("MetricStat", Map.of()))))
                .filter(stat -> stat.containsKey("Period"))
                .mapToLong(stat -> number(stat, "Period"))
                .max()
                .orElseThrow();
        long signs = number(properties, "DatapointsToAlarm");
        long lookedBack = period * number(properties, "EvaluationPeriods");

        assertThat(lookedBack).isGreaterThanOrEqualTo(signs * longestWaitMinutes * 60);
        assertThat(lookedBack).as("CloudWatch's limit").isLessThanOrEqualTo(24 * 3600);
        assertThat(signs * period).isLessThanOrEqualTo(3600);
    }

    @Test
    void onlyASecondFailureToReadTheSecretRaisesAnAlarm() {
        assertThat(template.number("Resources", "KeyUnavailableAlarm", "Properties", "DatapointsToAlarm"))
                .isEqualTo(2);
        assertThat(template.at("Resources", "KeyUnavailableAlarm", "Properties", "MetricName"))
                .isEqualTo("KeyUnavailable");
        assertThat(template.at("Resources", "KeyRefusedAlarm", "Properties", "MetricName"))
                .isEqualTo("KeyRefused");
    }

    private static long number(Map<String, Object> properties, String name) {
        return Long.parseLong(get(properties, name).toString());
    }

    @ParameterizedTest
    @CsvSource({
        "'', true",
        "arn:aws:secretsmanager:eu-west-1:111122223333:secret:studio/immutable-AbC123, true",
        "arn:aws-us-gov:secretsmanager:us-gov-west-1:111122223333:secret:a_b+c=d.e@f-AbC123, true",
        "arn:aws:secretsmanager:eu-west-1:111122223333:secret:*, false",
        "arn:aws:secretsmanager:eu-west-1:111122223333:secret:studio/*-AbC123, false",
        "arn:aws:secretsmanager:eu-west-1:111122223333:secret:studio/immutable-??????, false",
        "'arn:aws:secretsmanager:eu-west-1:111122223333:secret:${aws:username}-AbC123', false",
        "arn:aws:secretsmanager:eu-west-1:111122223333:secret:studio/immutable, false",
        "arn:aws:secretsmanager:*:111122223333:secret:studio-AbC123, false"
    })
    void aSecretIsOneSecret(String arn, boolean taken) {
        assertThat(arn.matches(template.at("Parameters", "ApiKeySecretArn", "AllowedPattern")
                        .toString()))
                .isEqualTo(taken);
    }

    @ParameterizedTest
    @CsvSource({
        "'', true",
        "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab, true",
        "arn:aws:kms:eu-west-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab, true",
        "arn:aws:kms:eu-west-1:111122223333:key/*, false",
        "arn:aws:kms:eu-west-1:111122223333:key/1234????, false",
        "arn:aws:kms:eu-west-1:111122223333:alias/studio, false"
    })
    void aKmsKeyIsOneKey(String arn, boolean taken) {
        assertThat(arn.matches(template.at("Parameters", "ApiKeySecretKmsKeyArn", "AllowedPattern")
                        .toString()))
                .isEqualTo(taken);
    }

    @Test
    void resourcesThatCannotBeRestoredAreRetained() {
        Map<String, Object> resources = map(template.at("Resources"));

        for (String resource : List.of(
                "RefreshQueue",
                "DeadLetterQueue",
                "BulkRefreshQueue",
                "BulkQueue",
                "BulkDeadLetterQueue",
                "BulkBucket",
                "Table",
                "ApiKeySecret")) {
            assertThat(map(get(resources, resource)))
                    .containsEntry("DeletionPolicy", "RetainExceptOnCreate")
                    .containsEntry("UpdateReplacePolicy", "Retain");
        }
    }

    /** IAM compares with what an item's partition begins with, so what the functions write has to begin so. */
    @Test
    void eachFunctionMayAccessOnlyItsOwnItems() {
        assertThat(partitions("RefreshFunctionRole", "ShareWhatCopiesKnow"))
                .containsExactlyInAnyOrder("token *", "request *", "gate*", "room *", "collection *");
        assertThat(partitions("RefreshFunctionRole", "RecordSettledTokens")).containsExactly("settled *");
        assertThat(partitions("BulkLoadFunctionRole", "KeepProgress")).containsExactly("load *");
        assertThat(partitions("BulkLoadFunctionRole", "CountSettledTokens")).containsExactly("settled *");
    }

    private List<String> partitions(String role, String right) {
        Map<String, Object> ofTable = statements(template.at("Resources", role))
                .filter(statement -> right.equals(statement.get("Sid")))
                .findFirst()
                .orElseThrow();
        return list(get(get(get(ofTable, "Condition"), "ForAllValues:StringLike"), "dynamodb:LeadingKeys")).stream()
                .map(Object::toString)
                .toList();
    }

    @Test
    void aWaiverOfAPolicyIsInTheResourceItIsForAndHasAReason() {
        map(template.at("Resources")).forEach((name, resource) -> {
            Object metadata = map(resource).get("Metadata");
            if (metadata != null) {
                assertThat(list(get(get(metadata, "checkov"), "skip")))
                        .as(name)
                        .allSatisfy(waiver -> assertThat(map(waiver)).containsOnlyKeys("id", "comment"));
            }
        });
    }

    /** CloudFormation takes a larger template only out of a bucket, and the AWS CLI refuses to deploy it without one. */
    @Test
    void theAwsCliDeploysAReleaseThroughABucketAsTheTemplateIsTooLargeForACall() throws IOException {
        String page = Files.readString(Path.of("..", "release", "DEPLOY.md"));
        String deploy = page.substring(page.indexOf("aws cloudformation deploy"));

        assertThat(CloudFormationTemplate.FILE)
                .satisfies(file -> assertThat(Files.size(file)).isGreaterThan(51_200));
        assertThat(deploy.substring(0, deploy.indexOf("\n\n"))).contains("--s3-bucket BUCKET");
    }

    /** The statements of all policies, wherever they stand. */
    private static Stream<Map<String, Object>> statements(Object here) {
        var inside = new ArrayList<Stream<Map<String, Object>>>();
        if (here instanceof Map<?, ?> values) {
            if (values.containsKey("Effect")) {
                return Stream.of(map(here));
            }
            values.values().forEach(value -> inside.add(statements(value)));
        } else if (here instanceof List<?> values) {
            values.forEach(value -> inside.add(statements(value)));
        }
        return inside.stream().flatMap(some -> some);
    }
}
