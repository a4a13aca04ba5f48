package dev.nftrefresh.bulk;

/**
 * A message that is ready to go.
 *
 * @param bytes of its body in UTF-8
 */
record PackedMessage(String body, int bytes) {}
