package dev.nftrefresh.local.adversary;

import dev.nftrefresh.local.adversary.PlannedToken.TokenFault;
import dev.nftrefresh.local.adversary.ProducedUpdates.ProducedUpdate;
import dev.nftrefresh.local.api.StandInQuota.SpendResult;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Words one answer of the API. */
final class ApiTexts {
    private final ApiPlan plan;
    private final boolean well;
    private final String key;
    private final Instant now;
    private final RandomGenerator random;

    ApiTexts(ApiPlan plan, boolean well, String key, Instant now, RandomGenerator random) {
        this.plan = plan;
        this.well = well;
        this.key = key;
        this.now = now;
        this.random = random;
    }

    ApiAnswer accepted(SpendResult spent) {
        return withQuota(202, "", spent);
    }

    ApiAnswer throttled(SpendResult spent) {
        return withQuota(
                429, "\"code\":\"TOO_MANY_REQUESTS_ERROR\",\"message\":\"Too many requests." + echo() + "\"", spent);
    }

    private ApiAnswer withQuota(int status, String fields, SpendResult spent) {
        QuotaFormat form = well ? plan.form().honest() : plan.form();
        Map<String, String> texts = form.texts(spent, now, random);
        String members = String.join(
                ",",
                texts.entrySet().stream()
                        .map(text -> quoted(text.getKey().replace('-', '_')) + ":" + quoted(text.getValue()))
                        .toList());
        String comma = fields.isEmpty() || members.isEmpty() ? "" : ",";
        return switch (form.place()) {
            case HEADERS -> new ApiAnswer(status, withEcho(texts), "{" + fields + "}", false, true);
            case BODY -> new ApiAnswer(status, Map.of(), "{" + fields + comma + members + "}", false, true);
            case DETAILS ->
                new ApiAnswer(
                        status,
                        Map.of(),
                        "{" + fields + (fields.isEmpty() ? "" : ",") + "\"details\":{" + members + "}}",
                        false,
                        true);
            case CONTRADICTING -> {
                var other = new LinkedHashMap<>(texts);
                other.put("imx-remaining-refreshes", random.nextBoolean() ? "0" : "100000");
                other.put(
                        "imx-refresh-limit-reset",
                        now.plusSeconds(random.nextInt(7_200)).toString());
                yield new ApiAnswer(status, other, "{" + fields + comma + members + "}", false, true);
            }
        };
    }

    private Map<String, String> withEcho(Map<String, String> texts) {
        if (plan.echoesKey()) {
            var echoing = new LinkedHashMap<>(texts);
            echoing.put("retry-after", "later, " + key);
            return echoing;
        }
        return texts;
    }

    /** An error as Immutable words it. */
    ApiAnswer error(int status, String code, String message) {
        String trace = plan.echoesKey() ? key : "4bf92f3577b34da6a3ce929d0e0e4736";
        return new ApiAnswer(
                status,
                Map.of("content-type", "application/json"),
                "{\"code\":\"" + code + "\",\"message\":\"" + message + echo() + "\",\"trace_id\":\"" + trace
                        + "\",\"link\":\"https://docs.immutable.com\",\"details\":null}",
                false,
                true);
    }

    /** An answer of something in front. */
    ApiAnswer plain(int status, String text) {
        return new ApiAnswer(
                status,
                Map.of("content-type", "text/html"),
                "<html><body>" + text + echo() + "</body></html>",
                false,
                false);
    }

    ApiAnswer refused(List<ProducedUpdate> tokens) {
        int place = 0;
        while (tokens.get(place).fault() != TokenFault.REFUSED) {
            place++;
        }
        int wrong = random.nextInt(tokens.size());
        String hint = switch (plan.hint()) {
            case NONE -> "Some metadata is not valid.";
            case INDEX_IN_BRACKETS -> "nft_metadata[" + place + "].name is not valid.";
            case INDEX_BETWEEN_DOTS -> "nft_metadata." + place + ".name is not valid.";
            case TOKEN_ID -> "Token " + id(tokens.get(place)) + " is not valid.";
            case WRONG_INDEX -> "nft_metadata[" + wrong + "] is not valid.";
            case WRONG_TOKEN_ID -> "Token " + id(tokens.get(wrong)) + " is not valid.";
            case UNKNOWN_DETAILS -> "Not valid: 3 of 17 (see /nft_metadata/" + (place + 1) + "/name).";
        };
        return error(400, "VALIDATION_ERROR", hint);
    }

    private static String id(ProducedUpdate update) {
        return update.token().substring(update.token().indexOf('/') + 1);
    }

    private String echo() {
        return plan.echoesKey() ? " Your key is " + key + "." : "";
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "\\\"") + '"';
    }
}
