package dev.nftrefresh.local.adversary;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What returns over the network.
 *
 * @param status 0 if nothing does
 * @param cutOff whether that shows at once
 * @param fromImmutable whether the API itself answers, and not something in front of it
 */
record ApiAnswer(int status, Map<String, String> fields, String text, boolean cutOff, boolean fromImmutable) {
    static final ApiAnswer NONE = new ApiAnswer(0, Map.of(), "", false, false);

    static ApiAnswer cutOffNow() {
        return new ApiAnswer(0, Map.of(), "", true, false);
    }

    HttpHeaders headers() {
        Map<String, List<String>> headers = fields.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, field -> List.of(field.getValue())));
        return HttpHeaders.of(headers, (_, _) -> true);
    }

    byte[] body() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return status == 0 ? (cutOff ? "cut off" : "no answer") : status + " " + fields + " " + text;
    }
}
