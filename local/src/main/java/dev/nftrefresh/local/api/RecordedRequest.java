package dev.nftrefresh.local.api;

/**
 * A request and what became of it.
 *
 * @param request as it came
 * @param status that was answered; 0 if there was no answer
 * @param applied whether the tokens were taken, answered or not
 */
public record RecordedRequest(ReceivedRequest request, int status, boolean applied) {}
