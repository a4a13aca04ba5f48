package com.example.game;

import static com.example.game.Samples.NOON;
import static com.example.game.Samples.sword;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds the records against the service's own JSON Schema. */
class TokenUpdateSchemaTest {
    private static final Path SCHEMA = Path.of("../../../events/token-update.schema.json");

    @Test
    void aMessageIsValid() throws IOException {
        assertThat(faults(sword("1", "Sword", NOON).toJson())).isEmpty();
    }

    @Test
    void theSchemaFindsAFault() throws IOException {
        assertThat(faults(sword("0x1", "Sword", NOON).toJson())).isNotEmpty();
    }

    @Test
    void aMessageHasTheFieldsOfTheSchema() throws IOException {
        JsonNode schema = JsonMapper.shared().readTree(Files.readString(SCHEMA));
        JsonNode message = JsonMapper.shared().readTree(sword("1", "Sword", NOON).toJson());
        JsonNode token = message.path("nft_metadata").path(0);
        JsonNode attribute = token.path("attributes").path(0);

        assertThat(names(message)).isEqualTo(names(schema.path("properties")));
        Set<String> ofToken = names(schema.at("/$defs/token/properties"));
        ofToken.remove("updated_at"); // A token has one of its own only where it differs from its message's.
        assertThat(names(token)).isEqualTo(ofToken);
        assertThat(names(attribute)).isEqualTo(names(schema.at("/$defs/attribute/properties")));
    }

    private static List<?> faults(String message) throws IOException {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(SCHEMA), InputFormat.JSON)
                .validate(message, InputFormat.JSON);
    }

    private static Set<String> names(JsonNode object) {
        return new HashSet<>(object.propertyNames());
    }
}
