package dev.nftrefresh.api;

import java.net.http.HttpHeaders;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads an answer's quota: each part from its header or, without that, from the body's field. */
final class ReportedQuotaReader {
    private static final int LONGEST_VALUE = 100;
    /** A header that occurs more often than this is an attack. */
    private static final int MOST_VALUES = 5;

    private final HttpHeaders headers;
    private final ResponseBody body;
    private final RedactedResponseText reported;
    private final Set<String> unreadable = new LinkedHashSet<>();

    private ReportedQuotaReader(HttpHeaders headers, ResponseBody body, RedactedResponseText reported) {
        this.headers = headers;
        this.body = body;
        this.reported = reported;
    }

    static ReportedQuota read(HttpHeaders headers, ResponseBody body, RedactedResponseText reported, Instant now) {
        var reader = new ReportedQuotaReader(headers, body, reported);
        return new ReportedQuota(
                reader.read("imx-refreshes-limit", QuotaCountParser::read),
                reader.read("imx-remaining-refreshes", QuotaCountParser::read),
                reader.read("imx-refresh-limit-reset", text -> PointInTimeParser.read(text, now)),
                reader.read("retry-after", text -> RetryAfterParser.read(text, now)),
                List.copyOf(reader.unreadable));
    }

    private <T> @Nullable T read(String name, ValueFormat<T> format) {
        for (String text : texts(name)) {
            T value = format.read(text);
            if (value != null) {
                return value;
            }
            unreadable.add(name + ": " + reported.of(text, LONGEST_VALUE));
        }
        return null;
    }

    private List<String> texts(String name) {
        var texts = new ArrayList<String>();
        headers.allValues(name).stream().limit(MOST_VALUES).forEach(texts::add);
        String field = body.fieldOrDetail(name.replace('-', '_'));
        if (field != null) {
            texts.add(field);
        }
        texts.removeIf(String::isBlank);
        return texts;
    }

    /** Reads one format; null for a text in another one. */
    private interface ValueFormat<T> {
        @Nullable
        T read(String text);
    }
}
