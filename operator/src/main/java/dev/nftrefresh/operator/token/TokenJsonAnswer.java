package dev.nftrefresh.operator.token;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nftrefresh.operator.token.TokenAnswer.Accepted;
import dev.nftrefresh.operator.token.TokenAnswer.Rejected;
import dev.nftrefresh.operator.token.TokenAnswer.Unknown;
import dev.nftrefresh.operator.token.TokenAnswer.Waiting;
import dev.nftrefresh.update.UpdateVersion;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An answer about a token for scripts. */
final class TokenJsonAnswer {
    private TokenJsonAnswer() {}

    static ObjectNode of(TokenEvidence evidence, TokenAnswer answer, String deadLetterQueueUrl) {
        ObjectNode json = new JsonMapper().createObjectNode();
        json.put("chain_name", evidence.token().collection().chainName());
        json.put("contract_address", evidence.token().collection().contractAddress());
        json.put("token_id", evidence.token().tokenId());
        switch (answer) {
            case Accepted(UpdateVersion version, Instant at) -> {
                json.put("answer", "accepted");
                json.put("updated_at", text(version));
                json.put("accepted_at", at.toString());
            }
            case Waiting(UpdateVersion version, TokenAnswer.WaitCause cause, Instant since, Instant until) -> {
                json.put("answer", "waiting");
                json.put("updated_at", text(version));
                json.put("waits_for", cause.name().toLowerCase(Locale.ROOT));
                json.put("since", text(since));
                json.put("until", text(until));
            }
            case Rejected(String reason, String detail, Instant at, TokenEvent line) -> {
                json.put("answer", "rejected");
                json.put("rejected_at", at.toString());
                json.put("reason", reason);
                json.put("detail", detail);
                json.put("dead_letter_queue", deadLetterQueueUrl);
                json.put("source_message_id", line == null ? null : line.messageId());
                json.put("trace_id", line == null || line.traceId().isEmpty() ? null : line.traceId());
            }
            case Unknown _ -> json.put("answer", "unknown");
        }
        json.put("sentence", new TokenSentences(evidence, answer).sentence());
        json.put("log_searched_from", evidence.log().from().toString());
        json.put("messages_waiting", evidence.messages());
        json.put("backlog_through_at", text(evidence.backlogThrough()));
        return json;
    }

    private static @Nullable String text(@Nullable UpdateVersion version) {
        return version == null ? null : version.time().toString();
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }
}
