package dev.nftrefresh.local.adversary;

/** Chance that follows from what is asked about, for what is asked by several threads at once. */
final class HashedChance {
    private HashedChance() {}

    /** From 0 to 99. */
    static int percent(long content) {
        long mixed = (content ^ (content >>> 32)) * 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ (mixed >>> 29)) * 0xbf58476d1ce4e5b9L;
        return (int) Long.remainderUnsigned(mixed ^ (mixed >>> 32), 100);
    }
}
