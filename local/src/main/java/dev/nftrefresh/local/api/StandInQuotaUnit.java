package dev.nftrefresh.local.api;

/** What spends from the quota; Immutable does not say which. */
public enum StandInQuotaUnit {
    REQUEST,
    TOKEN
}
