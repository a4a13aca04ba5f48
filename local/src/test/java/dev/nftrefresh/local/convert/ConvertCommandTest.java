package dev.nftrefresh.local.convert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.bulkfile.BulkFileElement;
import dev.nftrefresh.bulkfile.BulkFileFormat;
import dev.nftrefresh.bulkfile.BulkFileReader;
import dev.nftrefresh.update.CollectionId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class ConvertCommandTest {
    private static final String REST = """
            "description":null,"image":null,"external_url":null,"animation_url":null,"youtube_url":null""";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final StringWriter err = new StringWriter();

    private int convert(Path file, String... options) {
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.add(file.toString());
        return new CommandLine(new ConvertCommand(out))
                .setErr(new PrintWriter(err))
                .execute(arguments.toArray(String[]::new));
    }

    private int convert(String content, String... options) throws IOException {
        return convert(Files.writeString(folder.resolve("export.json"), content), options);
    }

    private List<String> lines() {
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    /** What the loader of bulk files says of the output. */
    private void passesCheck() throws IOException {
        var collection = new CollectionId("imtbl-zkevm-testnet", "0x8a90cab2b38dba80c64b7734e58ee1db38b8992e");
        var content = new ByteArrayInputStream(out.toByteArray());
        try (var tokens = BulkFileReader.open(
                content,
                BulkFileFormat.NDJSON,
                false,
                collection,
                Clock.systemUTC().instant())) {
            int count = 0;
            for (BulkFileElement element = tokens.next(); element != null; element = tokens.next()) {
                assertThat(element).isInstanceOf(BulkFileElement.ValidToken.class);
                count++;
            }
            assertThat(count).isEqualTo(lines().size()).isPositive();
        }
    }

    @Test
    void unwrapsTheExtendedJsonOfMongoDb() throws IOException {
        int status = convert("""
                {"_id":{"$oid":"665f1c2e8f1b2a0001a1b2c3"},"tokenId":{"$numberLong":"9007199254740993"},"name":"Sword",%s,\
                "attributes":[{"trait_type":"Power","value":{"$numberInt":"10"},"display_type":"number"},\
                {"traitType":"Weight","value":{"$numberDecimal":"0.10"}}],\
                "updatedAt":{"$date":"2026-11-23T10:00:00.123Z"}}
                {"_id":{"$oid":"665f1c2e8f1b2a0001a1b2c4"},"tokenId":{"$numberDouble":"2.0"},"name":"Shield",%s,\
                "attributes":[],"updatedAt":{"$date":{"$numberLong":"1795428000123"}}}
                """.formatted(REST, REST));

        assertThat(err.toString())
                .contains("2 documents read: 2 tokens written, 0 not converted.")
                .contains("2  tokenId: now called token_id (first: " + folder + "/export.json:1)")
                .contains("2  field \"_id\" left out: no token has it")
                .contains("1  traitType: now called trait_type");
        assertThat(lines()).containsExactly("""
                        {"token_id":"9007199254740993","name":"Sword",%s,"attributes":[\
                        {"display_type":"number","trait_type":"Power","value":10},\
                        {"trait_type":"Weight","value":0.10}],"updated_at":"2026-11-23T10:00:00.123Z"}""".formatted(REST), """
                        {"token_id":"2","name":"Shield",%s,"attributes":[],"updated_at":"2026-11-23T10:00:00.123Z"}""".formatted(REST));
        assertThat(status).isZero();
        passesCheck();
    }

    @Test
    void readsTheRowsOfPostgres() throws IOException {
        int status = convert("""
                {"token_id":1,"name":"Sword",%s,"attributes":"[{\\"trait_type\\":\\"Power\\",\\"value\\":10}]",\
                "updated_at":"2026-11-23T10:00:00.123456+00:00","owner_id":7}
                {"row_to_json":{"token_id":115792089237316195423570985008687907853269984665640564039457584007913129639935,\
                "name":"Sword",%s,"attributes":{"Power":10,"Rarity":"rare"},"updated_at":"2026-11-23 10:00:00"}}
                {"token_id":3,"name":"Sword",%s,"attributes":null,"updated_at":"2026-11-23 10:00:00.5-07"}
                """.formatted(REST, REST, REST));

        assertThat(lines()).containsExactly("""
                        {"token_id":"1","name":"Sword",%s,"attributes":[{"trait_type":"Power","value":10}],\
                        "updated_at":"2026-11-23T10:00:00.123456+00:00"}""".formatted(REST), """
                        {"token_id":"115792089237316195423570985008687907853269984665640564039457584007913129639935",\
                        "name":"Sword",%s,"attributes":[{"trait_type":"Power","value":10},\
                        {"trait_type":"Rarity","value":"rare"}],"updated_at":"2026-11-23T10:00:00Z"}""".formatted(REST), """
                        {"token_id":"3","name":"Sword",%s,"attributes":null,"updated_at":"2026-11-23T10:00:00.5-07:00"}""".formatted(REST));
        assertThat(err.toString())
                .contains("updated_at: without an offset, taken as UTC")
                .contains("field \"owner_id\" left out");
        assertThat(status).isZero();
        passesCheck();
    }

    @Test
    void namesTokensByTheFilesOfAFolder() throws IOException {
        Files.writeString(folder.resolve("10.json"), "{\"name\":\"Ten\",\"image\":\"ipfs://ten\",\"attributes\":[]}");
        Files.writeString(folder.resolve("9"), "{\n  \"name\": \"Nine\",\n  \"edition\": 9\n}\n");
        Files.writeString(folder.resolve("0".repeat(62) + "ff.json"), "{\"name\":\"255\"}");
        Files.writeString(folder.resolve("_metadata.json"), "[{\"name\":\"Nine\"},{\"name\":\"Ten\"}]");
        Files.writeString(folder.resolve(".DS_Store"), "no JSON");

        int status = convert(folder);

        assertThat(lines())
                .extracting(line -> line.substring(0, line.indexOf(",\"description")))
                .containsExactly(
                        "{\"token_id\":\"9\",\"name\":\"Nine\"",
                        "{\"token_id\":\"10\",\"name\":\"Ten\"",
                        "{\"token_id\":\"255\",\"name\":\"255\"");
        assertThat(err.toString())
                .contains("3  token_id taken from the file's name")
                .contains("2  a file left out: its name is no token id (first: " + folder + "/_metadata.json:1)")
                .contains("2  image: missing, now null, which empties it");
        assertThat(status).isZero();
        passesCheck();
    }

    @Test
    void keepsNumbersAndTextsUnchanged() throws IOException {
        convert("""
                [{"token_id":"1","name":"剣 é 🗡",%s,"attributes":[{"trait_type":"A","value":12345678901234567890.10},\
                {"trait_type":"B","value":1e400},{"trait_type":"C","value":-0.0}]}]""".formatted(REST));

        assertThat(lines().getFirst())
                .contains("剣 é 🗡", "\"value\":12345678901234567890.10}", "\"value\":1e400}", "\"value\":-0.0}");
        passesCheck();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{`name`:`Sword`}                                        | no token_id, nor a known name for it; say its name with --token-id",
                "{`token_id`:1.5}                                        | token_id is not a whole number",
                "{`token_id`:1.0E17}                                     | token_id is a rounded number above 2^53; export it as a text",
                "{`token_id`:`0x1c`}                                     | not a string of decimal digits",
                "{`token_id`:`1`,`attributes`:`sharp`}                   | attributes is a text that holds no JSON",
                "{`token_id`:`1`,`attributes`:[{`value`:`x`}]}           | trait_type",
                "{`token_id`:{`$numberDouble`:`NaN`}}                    | $numberDouble holds no number that JSON has",
                "{`token_id`:`1`,`image`:{`$binary`:{`base64`:`AA==`}}}  | $binary has no counterpart in JSON",
                "{`token_id`:`1`,`updated_at`:17954280001}               | updated_at",
                "[1]                                                     | not an object",
            })
    void saysWhichElementIsNoToken(String document, String reason) throws IOException {
        int status = convert(document.replace('`', '"') + "\n{\"token_id\":2}\n");

        assertThat(err.toString())
                .contains("Not converted:\n          1  ")
                .contains(reason)
                .contains("export.json:1)");
        assertThat(lines()).hasSize(1);
        assertThat(status).isEqualTo(1);
    }

    @Test
    void leavesOutWhatTheApiDoesNotKnowOfAnAttribute() throws IOException {
        convert("""
                {"token_id":"1","attributes":[{"trait_type":"A","value":"x","display_type":"string","max_value":"y"},\
                {"trait_type":"B","value":null}]}""");

        assertThat(lines().getFirst())
                .contains("\"attributes\":[{\"trait_type\":\"A\",\"value\":\"x\",\"max_value\":\"y\"}]");
        assertThat(err.toString())
                .contains("display_type \"string\" left out")
                .contains("attribute without a value left out");
        passesCheck();
    }

    @Test
    void asksWhetherTheIdOfARowIsTheTokens() throws IOException {
        convert("{\"id\":5,\"token\":17}");

        assertThat(lines().getFirst()).startsWith("{\"token_id\":\"5\"");
        assertThat(err.toString()).contains("id: now called token_id; is that the token's id? Else name its field");
    }

    @Test
    void takesTheTokenIdFromTheNamedField() throws IOException {
        int status = convert("{\"id\":5,\"token_id\":6,\"token\":17}\n{\"id\":6}\n", "--token-id=token");

        assertThat(lines()).hasSize(1).first().asString().startsWith("{\"token_id\":\"17\"");
        assertThat(err.toString()).contains("no field \"token\", which --token-id names");
        assertThat(status).isEqualTo(1);
    }

    @Test
    void keepsOtherFieldsIfAsked() throws IOException {
        convert("{\"token_id\":\"1\",\"background_color\":\"ffffff\"}", "--keep-other-fields");

        assertThat(lines().getFirst()).endsWith("\"background_color\":\"ffffff\"}");
    }

    @Test
    void writesTheElementsBeforeAFaultAndSaysWhereItIs() throws IOException {
        int status =
                convert("{\"token_id\":\"1\"}\n{\"token_id\":\"2\",\"name\":\"\\\\\"Sword\"}\n{\"token_id\":\"3\"}\n");

        assertThat(lines()).hasSize(1);
        assertThat(err.toString())
                .contains("export.json:2: this is no JSON")
                .contains("what follows was not read")
                .contains("psql -At");
        assertThat(status).isEqualTo(1);
    }

    @Test
    void readsAGzipAndSaysThatOneIsDamaged() throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write("{\"token_id\":\"1\"}\n".getBytes(StandardCharsets.UTF_8));
        }
        Path good = Files.write(folder.resolve("good.json.gz"), packed.toByteArray());
        Path cut = Files.write(folder.resolve("cut.json.gz"), Arrays.copyOf(packed.toByteArray(), packed.size() - 4));

        assertThat(convert(good)).isZero();
        passesCheck();
        assertThat(convert(cut)).isEqualTo(1);
        assertThat(err.toString()).contains("cut.json.gz: this is damaged");
    }

    @Test
    void keepsHalfACharacterAsAnEscape() throws IOException {
        assertThat(convert("{\"token_id\":\"1\",\"name\":\"\\ud800\"}\n")).isZero();

        assertThat(lines().getFirst()).contains("\"name\":\"\\uD800\"");
        passesCheck();
    }

    @Test
    void saysThatAnExportIsEmpty() throws IOException {
        assertThat(convert("[]\n")).isEqualTo(1);

        assertThat(err.toString())
                .isEqualTo("There is no document to convert; name an export that has some.%n".formatted());
    }

    @Test
    void refusesAFileThatIsNotThere() {
        assertThat(convert(folder.resolve("nothing.json"))).isEqualTo(2);

        assertThat(err.toString()).contains("There is no file or folder");
    }
}
