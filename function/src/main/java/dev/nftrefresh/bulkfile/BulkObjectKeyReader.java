package dev.nftrefresh.bulkfile;

import dev.nftrefresh.update.CollectionId;
import dev.nftrefresh.update.TextExcerpt;

/**
 * Reads the S3 keys of bulk files: {@code incoming/<chain_name>/<contract_address>/<any name>}, where the name may
 * contain slashes and its ending determines the format.
 */
public final class BulkObjectKeyReader {
    private static final String INCOMING = "incoming/";
    private static final String FORM = "upload it as incoming/<chain_name>/<contract_address>/<any name>";
    private static final int PARTS = 3;
    /** S3's limit, in bytes. */
    private static final int LONGEST_KEY = 1024;

    private final String chainName;

    /** Accepts files of this chain, and refuses those of others. */
    public BulkObjectKeyReader(String chainName) {
        this.chainName = chainName;
    }

    /** Reads a key as S3 holds it: not URL-encoded as in an S3 event. */
    public BulkObjectKey read(String key) {
        if (!key.startsWith(INCOMING)) {
            return wrong(key, "is not under incoming/: " + FORM);
        }
        String under = key.substring(INCOMING.length());
        String[] parts = under.split("/", PARTS);
        if (parts.length < PARTS || parts[2].isEmpty()) {
            return wrong(key, "does not name chain, contract and file: " + FORM);
        }
        if (!parts[0].equals(chainName)) {
            return wrong(
                    key,
                    "is for chain_name \"" + TextExcerpt.of(parts[0], 100) + "\", but this environment serves only "
                            + chainName);
        }
        if (!CollectionId.isAddress(parts[1])) {
            return wrong(key, "has no contract_address of 0x and 40 hexadecimal digits: " + FORM);
        }
        BulkFileType kind = BulkFileType.ofName(parts[2]);
        if (kind == null) {
            return wrong(key, "has an unknown ending: a bulk file ends in " + BulkFileType.ENDINGS);
        }
        var collection = new CollectionId(parts[0], parts[1]).inLowerCase();
        return new BulkObjectKey.Valid(collection, kind.format(), kind.gzip(), under);
    }

    private static BulkObjectKey wrong(String key, String what) {
        return new BulkObjectKey.Invalid("The key " + TextExcerpt.of(key, LONGEST_KEY) + " " + what + ".");
    }
}
