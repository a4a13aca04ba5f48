package dev.nftrefresh.local.api;

import java.time.Instant;

/**
 * A request and how it was answered, for a log: it holds neither the key nor any metadata.
 *
 * @param contractAddress of the path; empty where that names none
 * @param tokens that it holds; 0 if it does not conform
 * @param status 0 if there was no answer
 * @param text why it was refused, or what is left of the quota
 */
public record AnsweredRequest(Instant at, String contractAddress, int tokens, int bytes, int status, String text) {}
