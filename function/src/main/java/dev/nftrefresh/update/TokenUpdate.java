package dev.nftrefresh.update;

/**
 * One token's new metadata, checked and ready to be sent.
 *
 * @param key which token
 * @param version which of two updates of this token is newer
 * @param json the bytes that are sent: an object of at most 16,384 bytes, without our own {@code updated_at}
 */
public record TokenUpdate(TokenKey key, UpdateVersion version, TokenJson json) {}
