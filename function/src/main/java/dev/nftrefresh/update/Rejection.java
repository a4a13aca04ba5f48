package dev.nftrefresh.update;

/**
 * Why a token or a message is refused.
 *
 * @param reason the reason's name
 * @param detail one sentence that names the field and the token, and never holds a whole token
 */
public record Rejection(RejectReason reason, String detail) {}
