package dev.nftrefresh.local.command;

import dev.nftrefresh.local.api.AnsweredRequest;
import dev.nftrefresh.operator.TerminalSafeText;
import java.util.Locale;

/** A line of the log of {@code api}. */
final class RequestLogLine {
    private static final int ACCEPTED = 202;
    private static final int SHOWN_OF_ADDRESS = 10;

    private RequestLogLine() {}

    /** When it came, how it was answered, and what it was; such as {@code 10:12:07 202  250 tokens  41,250 bytes  0x8a90cab2}. */
    static String of(AnsweredRequest request) {
        var line = new StringBuilder(ReadableTimeText.clock(request.at()))
                .append(request.status() == 0 ? " ---" : " " + request.status());
        if (request.tokens() > 0 || request.status() == ACCEPTED) {
            line.append(String.format(Locale.ROOT, "  %,d tokens", request.tokens()));
        }
        line.append(String.format(Locale.ROOT, "  %,d bytes", request.bytes()));
        String address = request.contractAddress();
        if (!address.isEmpty()) {
            line.append("  ")
                    .append(address.length() > SHOWN_OF_ADDRESS ? address.substring(0, SHOWN_OF_ADDRESS) : address);
        }
        if (!request.text().isEmpty()) {
            line.append("  ").append(request.text());
        }
        return TerminalSafeText.line(line.toString());
    }
}
