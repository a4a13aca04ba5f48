package dev.nftrefresh.bulkfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.update.CollectionId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BulkObjectKeyReaderTest {
    private static final String UPPER = "0x8A90CAB2B38DBA80C64B7734E58EE1DB38B8992E";
    private static final String CHAIN = "imtbl-zkevm-testnet";

    private static BulkObjectKey read(String key) {
        return new BulkObjectKeyReader(CHAIN).read(key);
    }

    @ParameterizedTest
    @CsvSource({
        "tokens.ndjson,NDJSON,false",
        "tokens.jsonl,NDJSON,false",
        "tokens.json,JSON,false",
        "tokens.csv,CSV,false",
        "tokens.ndjson.gz,NDJSON,true",
        "tokens.JSONL.Gz,NDJSON,true",
        "TOKENS.JSON.GZ,JSON,true",
        "tokens.csv.gz,CSV,true",
        "2026/11/23/a b+c=é.csv,CSV,false",
        "incoming/x.json,JSON,false",
        ".csv,CSV,false"
    })
    void readsWhatTheKeyNames(String name, BulkFileFormat format, boolean gzip) {
        String under = CHAIN + "/" + UPPER + "/" + name;

        assertThat(read("incoming/" + under))
                .isEqualTo(new BulkObjectKey.Valid(
                        new CollectionId(CHAIN, "0x8a90cab2b38dba80c64b7734e58ee1db38b8992e"), format, gzip, under));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "imtbl-zkevm-testnet/A/t.csv                   | is not under incoming/",
                "reports/incoming/imtbl-zkevm-testnet/A/t.csv  | is not under incoming/",
                "/incoming/imtbl-zkevm-testnet/A/t.csv         | is not under incoming/",
                "incoming/                                     | does not name chain, contract and file",
                "incoming/t.csv                                | does not name chain, contract and file",
                "incoming/imtbl-zkevm-testnet/t.csv            | does not name chain, contract and file",
                "incoming/imtbl-zkevm-testnet/A/               | does not name chain, contract and file",
                "incoming/imtbl-zkevm-mainnet/A/t.csv          | serves only imtbl-zkevm-testnet",
                "incoming/Imtbl-zkevm-testnet/A/t.csv          | serves only imtbl-zkevm-testnet",
                "incoming//A/t.csv                             | serves only imtbl-zkevm-testnet",
                "incoming/imtbl-zkevm-testnet/A0/t.csv         | 0x and 40 hexadecimal digits",
                "incoming/imtbl-zkevm-testnet/0x12/t.csv       | 0x and 40 hexadecimal digits",
                "incoming/imtbl-zkevm-testnet/A/t.txt          | has an unknown ending",
                "incoming/imtbl-zkevm-testnet/A/t.gz           | has an unknown ending",
                "incoming/imtbl-zkevm-testnet/A/t.csv.zip      | has an unknown ending",
                "incoming/imtbl-zkevm-testnet/A/t.csv/         | has an unknown ending",
                "incoming/imtbl-zkevm-testnet/A/csv            | has an unknown ending",
            })
    void saysInASentenceWhatIsWrongWithTheKey(String shortened, String what) {
        String key = shortened.replace("A", UPPER);

        BulkObjectKey result = read(key);

        assertThat(result).isInstanceOf(BulkObjectKey.Invalid.class);
        assertThat(((BulkObjectKey.Invalid) result).detail())
                .startsWith("The key " + key + " ")
                .contains(what)
                .endsWith(".");
    }
}
